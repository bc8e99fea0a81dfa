import type { Iris } from '@artdag/activitypub';
import { AppError, isAppError } from '@artdag/errors';
import { type Archive, archiveFiles } from '../archive-files.ts';
import { isRecord, readArchive } from '../read-archive.ts';
import { plainMember, readMembers } from '../records/reading.ts';

/** Activities that are looked at to learn whose they are. */
const LOOKED_AT = 100;

/**
 * Reads every file once, before anything is written: a file that is cut short must not leave half of
 * it behind. Returns how many records there are.
 *
 * @throws AppError `json-invalid` with the file and the place in it.
 */
export async function checkArchive(archive: Archive): Promise<number> {
  try {
    return await countRecords(archive);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const advice = 'Nothing was imported: mend the file and run it again.';
    throw new AppError(error.code, `${error.message} ${advice}`, { cause: error });
  }
}

async function countRecords({ directory, files }: Archive): Promise<number> {
  let count = 0;
  for (const file of archiveFiles()) {
    if (!files.has(file)) continue;
    for await (const element of readArchive(directory, file)) {
      if (file !== 'actor' && isRecord(element)) count += 1;
    }
  }
  return count;
}

/**
 * Refuses a data directory whose actors are all of another server: what they signed names that one
 * for ever, so this one has to have its name.
 *
 * @throws AppError `conflict` with the setting that is to be changed.
 */
export async function refuseOtherServer({ directory, files }: Archive, iris: Iris): Promise<void> {
  if (!files.has('activities')) return;
  const bases = new Set<string>();
  let seen = 0;
  for await (const element of readArchive(directory, 'activities')) {
    if (!isRecord(element)) continue;
    const read = readMembers(element);
    const actorIri = read.ok ? plainMember(read.value, 'actor_id') : undefined;
    if (typeof actorIri !== 'string') continue;
    if (iris.usernameOf(actorIri) !== undefined) return;
    bases.add(actorIri.replace(/\/users\/[^/]*$/, ''));
    seen += 1;
    if (seen === LOOKED_AT) break;
  }
  const [base] = bases;
  if (base === undefined) return;
  throw new AppError(
    'conflict',
    `The activities are of ${base.slice(0, 200)}, and this server is ${iris.base}: set ARTDAG_DOMAIN or ARTDAG_PUBLIC_URL to theirs.`,
  );
}
