import { scriptWords as words } from '../pages/messages/scripts.ts';
import { make } from './elements.ts';

/** Puts a button behind each element with `data-copy`, which copies the element's text. */
export function addCopyButtons(root: ParentNode): void {
  if (!navigator.clipboard) return;
  for (const source of root.querySelectorAll('[data-copy]')) {
    const button = make('button', words.copy);
    button.type = 'button';
    button.className = 'copy';
    const said = make('span');
    said.className = 'copied';
    said.setAttribute('role', 'status');
    button.addEventListener('click', async () => {
      said.textContent = await copy(source.textContent ?? '');
    });
    source.after(' ', button, ' ', said);
    source.removeAttribute('data-copy');
  }
}

async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return words.copied;
  } catch {
    return words.cannotCopy;
  }
}
