import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@artdag/errors';

/** Files of a data directory, and the members of their roots that hold the records. */
export const ARCHIVE_FILES = {
  actor: { name: 'actor.json', containers: [] },
  users: { name: 'users.json', containers: ['users'] },
  followers: { name: 'followers.json', containers: ['followers'] },
  activities: { name: 'activities.json', containers: ['activities'] },
  /** Activities about something that the original's records cannot say, as a Follow. */
  furtherActivities: { name: 'l2-activities.json', containers: ['activities'] },
  registry: { name: 'registry.json', containers: ['assets'] },
  oddRecords: { name: 'odd-records.json', containers: ['records'] },
} as const;

/** One of {@link ARCHIVE_FILES}. */
export type ArchiveFile = keyof typeof ARCHIVE_FILES;

/** A data directory of the original's layout. */
export interface Archive {
  readonly directory: string;
  readonly keyDirectory: string;
  /** When each of the files that are there was written last. */
  readonly files: ReadonlyMap<ArchiveFile, Date>;
  /** Names of the files in `keys/`. */
  readonly keyFiles: readonly string[];
}

/** @throws AppError `not-found` where nothing of a data directory is there. */
export async function openArchive(directory: string): Promise<Archive> {
  const files = new Map<ArchiveFile, Date>();
  for (const file of archiveFiles()) {
    const found = await statOrNothing(pathOf(directory, file));
    if (found?.isFile()) files.set(file, found.mtime);
  }
  const keyDirectory = join(directory, 'keys');
  const keyFiles = await listOrNothing(keyDirectory);
  if (files.size === 0 && keyFiles.length === 0) {
    throw new AppError(
      'not-found',
      `${directory} is no data directory: it has neither registry.json nor another of the files that an import takes.`,
    );
  }
  return { directory, keyDirectory, files, keyFiles: keyFiles.sort() };
}

/** Path of a file in a data directory. */
export function pathOf(directory: string, file: ArchiveFile): string {
  return join(directory, ARCHIVE_FILES[file].name);
}

/** The files in the order in which they are imported: what others refer to comes first. */
export function archiveFiles(): ArchiveFile[] {
  return [
    'actor',
    'users',
    'followers',
    'activities',
    'furtherActivities',
    'registry',
    'oddRecords',
  ];
}

async function statOrNothing(path: string) {
  return stat(path).catch((error: unknown) => nothingThere(error, path));
}

async function listOrNothing(path: string): Promise<string[]> {
  return (await readdir(path).catch((error: unknown) => nothingThere(error, path))) ?? [];
}

function nothingThere(error: unknown, path: string): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw new AppError('internal', `${path} cannot be looked at.`, { cause: error });
}
