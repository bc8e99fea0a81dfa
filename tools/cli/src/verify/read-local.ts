import { readFile, stat } from 'node:fs/promises';
import { AppError } from '@artdag/errors';
import type { KeyEvidence } from '@artdag/verification';

/** The text of a file. @throws AppError `not-found` where it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError('not-found', `${path} cannot be read.`, { cause });
  }
}

export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * The key in a file: a public PEM or the document of an actor.
 *
 * @throws AppError `validation-failed` for a private key: nobody needs it to verify.
 */
export async function readKeyFile(path: string): Promise<KeyEvidence> {
  const text = await readText(path);
  if (/PRIVATE KEY-----/.test(text)) {
    throw new AppError(
      'validation-failed',
      `${path} is a private key. Give the public one, which ends in .pub.`,
    );
  }
  return { text, source: 'given' };
}
