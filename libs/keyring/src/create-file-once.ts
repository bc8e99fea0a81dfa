import { randomUUID } from 'node:crypto';
import { link, open, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasErrnoCode } from './has-errno-code.ts';

/** A file to be written: its whole text and its mode, whatever the umask. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/**
 * Creates a file with all of its bytes on disk, or leaves the file that is there.
 *
 * The text is written and synced under a temporary name and then linked, so that no reader sees
 * half a key and of several writers, in this process or another, exactly one wins.
 */
export async function createFileOnce(file: NewFile): Promise<'created' | 'exists'> {
  const directory = dirname(file.path);
  const temporary = join(directory, `.${basename(file.path)}.${randomUUID()}.tmp`);
  try {
    await writeSynced({ ...file, path: temporary });
    await link(temporary, file.path);
    await syncDirectory(directory);
    return 'created';
  } catch (error) {
    if (hasErrnoCode(error, 'EEXIST')) return 'exists';
    throw error;
  } finally {
    await unlink(temporary).catch(ignoreMissing);
  }
}

async function writeSynced({ path, text, mode }: NewFile): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(text);
  await file.chmod(mode);
  await file.sync();
}

async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r');
  await directory.sync();
}

function ignoreMissing(error: unknown): void {
  if (!hasErrnoCode(error, 'ENOENT')) throw error;
}
