import { ARCHIVE_FILES, type ArchiveFile, pathOf } from './archive-files.ts';
import type { Element } from './json-file/element-scanner.ts';
import { readElements } from './json-file/read-elements.ts';

const OPEN_MAP = 0x7b;
const OPEN_LIST = 0x5b;

/** Members that a record of a map has as texts or numbers, by which it is told from a map of records. */
const MARKS: Partial<Record<ArchiveFile, ReadonlySet<string>>> = {
  users: new Set(['username', 'password_hash', 'email', 'created_at']),
  registry: new Set(['content_hash']),
};

/** Members of records that are maps themselves. */
const MAPS = new Set(['l2', 'metadata']);

/**
 * The elements of a file of a data directory, one by one: its records, and what stands beside them.
 *
 * @throws AppError `json-invalid` with the file's name and the place in it.
 */
export async function* readArchive(directory: string, file: ArchiveFile): AsyncGenerator<Element> {
  const path = pathOf(directory, file);
  const { containers } = ARCHIVE_FILES[file];
  const isBare = await namesRecordLikeContainer(path, file);
  yield* readElements(path, isBare ? [] : containers);
}

/** Members such as `version` stand beside the records of a file whose root is a map. */
export function isRecord({ container, key, bytes, isTooLong }: Element): boolean {
  return container !== null || key === null || isTooLong || !isScalar(bytes);
}

/** Whether a map without a frame has a record named as a frame would be: a user can be called `users`. */
async function namesRecordLikeContainer(path: string, file: ArchiveFile): Promise<boolean> {
  const marks = MARKS[file];
  if (!marks) return false;
  for await (const { container, key, bytes } of readElements(
    path,
    ARCHIVE_FILES[file].containers,
  )) {
    if (container === null) continue;
    if (key === null) return false;
    if (marks.has(key) && isScalar(bytes)) return true;
    if (bytes[0] === OPEN_MAP && !MAPS.has(key)) return false;
  }
  return false;
}

function isScalar(bytes: Buffer): boolean {
  return bytes[0] !== OPEN_MAP && bytes[0] !== OPEN_LIST;
}
