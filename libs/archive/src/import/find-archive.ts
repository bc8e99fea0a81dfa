import { isAppError } from '@artdag/errors';
import type { Store } from '@artdag/store';
import { openArchive } from '../archive-files.ts';

/** Whether there is something to move in. */
export type FoundArchive = 'nothing' | 'new' | 'unfinished';

/**
 * Looks for records of the original that are still to be imported: the database has no assets and
 * activities yet, or an import of them has not ended.
 */
export async function findArchive(
  directory: string,
  store: Pick<Store, 'assets' | 'activities' | 'backup'>,
): Promise<FoundArchive> {
  if (!(await hasRecords(directory))) return 'nothing';
  if ((await store.backup.unfinished('import')) === directory) return 'unfinished';
  const count = (await store.assets.count()) + (await store.activities.count());
  return count === 0 ? 'new' : 'nothing';
}

/** Keys alone are every server's. */
async function hasRecords(directory: string): Promise<boolean> {
  try {
    const { files } = await openArchive(directory);
    return files.has('registry') || files.has('activities');
  } catch (error) {
    if (isAppError(error, 'not-found')) return false;
    throw error;
  }
}
