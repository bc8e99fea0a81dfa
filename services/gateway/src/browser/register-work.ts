import { buildCreate, createIris } from '@artdag/activitypub/portable';
import { scriptWords as words } from '../pages/messages/scripts.ts';
import { find } from './elements.ts';
import { hashFile } from './hash-file.ts';

/**
 * Helps to register a work. The form, `<form data-register-work="BASE URL" data-username="…">`,
 * may hold: `<input type="file" data-hash-file>`, whose SHA3-256 goes into the field
 * `content_hash`; `<p role="status" data-hash-status>`; and `<pre data-statement>`, which shows the
 * statement that will be signed. Parts with `data-needs-scripts` are shown.
 */
const form = find('form[data-register-work]', HTMLFormElement);
if (form) listen(form);

function listen(form: HTMLFormElement): void {
  for (const part of form.querySelectorAll<HTMLElement>('[data-needs-scripts]'))
    part.hidden = false;
  const file = find('[data-hash-file]', HTMLInputElement, form);
  file?.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen) void fillHash(chosen, form);
  });
  form.addEventListener('input', () => showStatement(form));
  showStatement(form);
}

async function fillHash(file: File, form: HTMLFormElement): Promise<void> {
  const status = find('[data-hash-status]', HTMLElement, form);
  const say = (text: string) => {
    if (status) status.textContent = text;
  };
  const digests = await hashFile(file, (percent) => say(words.reading(file.name, percent)));
  if (!digests) return say(words.unreadable(file.name));
  const field = find('[name="content_hash"]', HTMLInputElement, form);
  if (field) field.value = digests.sha3;
  say(`${words.fileHash(file.name)} ${digests.sha3}`);
  showStatement(form);
}

/** The statement as the signer composes it, by the same code; only id and time are still open. */
function showStatement(form: HTMLFormElement): void {
  const place = find('[data-statement]', HTMLElement, form);
  if (!place) return;
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const source = {
    activityId: words.idLater,
    username: form.dataset['username'] ?? '',
    published: words.timeLater,
    asset: {
      name: text('name'),
      contentHash: text('content_hash'),
      assetType: text('asset_type'),
      metadata: text('metadata') || '{}',
    },
  };
  // Shown as it stands: read and written again, numbers in the metadata would not be what is signed.
  place.textContent = buildCreate(source, createIris(form.dataset['registerWork'] ?? ''));
}
