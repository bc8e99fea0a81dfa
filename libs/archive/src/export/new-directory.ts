import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@artdag/errors';

/**
 * Makes a directory, under its name only once `fill` has written all of it: a directory that is there
 * is whole.
 *
 * @throws AppError `conflict` where something else is there already.
 */
export async function makeDirectory<T>(
  directory: string,
  fill: (unfinished: string) => Promise<T>,
): Promise<T> {
  await refuseOther(directory);
  const unfinished = join(dirname(directory), `.${basename(directory)}.${process.pid}.part`);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  try {
    const result = await fill(unfinished);
    await sync(unfinished);
    await rename(unfinished, directory);
    await sync(dirname(directory));
    return result;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** An empty directory may be in the place. */
async function refuseOther(directory: string): Promise<void> {
  const names = await readdir(directory).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT') return [];
    throw new AppError('conflict', `${directory} is no directory: name another one.`, { cause });
  });
  if (names.length === 0) return;
  throw new AppError(
    'conflict',
    `${directory} is not empty: name a directory that is not there yet.`,
  );
}

async function sync(directory: string): Promise<void> {
  await using handle = await open(directory, 'r');
  await handle.sync();
}
