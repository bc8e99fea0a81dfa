import {
  collectEvidence,
  createWebCrypto,
  type FileDigests,
  findLink,
  verifyActivity,
} from '@artdag/verification';
import { scriptWords as words } from '../pages/messages/scripts.ts';
import { make } from './elements.ts';
import { hashFile } from './hash-file.ts';
import { showReport } from './show-report.ts';
import type { VerifyPage } from './verify-elements.ts';

const activityJson = 'application/activity+json';

/** Checks an activity, against the file that was chosen, by the key that was given or the actor's. */
export async function checkActivity(text: string, page: VerifyPage): Promise<void> {
  page.status.textContent = words.checking;
  const key = page.key.value.trim();
  const evidence = {
    ...(await collectEvidence(text, page)),
    ...(page.digests && { file: page.digests }),
    ...(key !== '' && { key: { text: key, source: 'given' as const } }),
  };
  const crypto = createWebCrypto(globalThis.crypto.subtle);
  const report = await verifyActivity(evidence, { crypto, now: new Date() });
  showReport(report, page.result);
  page.status.textContent = report.summary;
}

/** Hashes a file here, and checks the claim on it: the one that was pasted, or the server's. */
export async function checkFile(file: File, page: VerifyPage): Promise<void> {
  page.status.textContent = words.reading(file.name, 0);
  page.digests = await hashFile(file, (percent) => {
    page.status.textContent = words.reading(file.name, percent);
  });
  if (!page.digests) return tell(words.unreadable(file.name), page);
  if (page.activity.value.trim() !== '') return checkActivity(page.activity.value, page);
  const note = make('p', words.fileHash(file.name), ' ', make('code', page.digests.sha3));
  await checkClaimOn(page.digests, note, page);
}

/** Asks who claims the hash. Should it be unknown, the other digest may be the one that is claimed. */
async function checkClaimOn(
  { sha3, sha256 }: FileDigests,
  note: HTMLElement,
  page: VerifyPage,
): Promise<void> {
  const found = await page.ask(`${page.server}/objects/${sha3}`, activityJson);
  if ('failed' in found) return tell(words.noAnswer, page, note);
  switch (found.status) {
    case 200:
      return checkClaim(found.link, note, page);
    case 410:
      return tell(words.withdrawn, page, note);
    case 404: {
      const other = await page.ask(`${page.server}/objects/${sha256}`, activityJson);
      if ('failed' in other || other.status !== 200) return tell(words.noClaim, page, note);
      return checkClaim(other.link, make('p', words.noClaim, ' ', words.wrongDigest), page);
    }
    default:
      return tell(words.noAnswer, page, note);
  }
}

async function checkClaim(
  link: string | undefined,
  note: HTMLElement,
  page: VerifyPage,
): Promise<void> {
  const iri = findLink(link, 'via');
  const answer = iri === undefined ? undefined : await page.ask(iri, activityJson);
  if (!answer || 'failed' in answer || answer.status !== 200)
    return tell(words.noAnswer, page, note);
  await checkActivity(answer.text, page);
  page.result.prepend(note);
}

function tell(message: string, { status, result }: VerifyPage, ...notes: HTMLElement[]): void {
  status.textContent = message;
  result.replaceChildren(...notes, make('p', message));
}
