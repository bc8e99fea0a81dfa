import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, isAppError } from '@artdag/errors';
import { type Element, ElementScanner } from './element-scanner.ts';

/** An element beyond this could not be stored as one document. */
export const MAX_ELEMENT_BYTES = 6 * 1024 * 1024;
const MAX_KEY_BYTES = 1024 * 1024;

const CHUNK_BYTES = 256 * 1024;

/**
 * The elements of a JSON file, one by one: those of its root, and those of the named members of it. The
 * bytes of one are good until the next one is asked for: all are read into the same memory.
 *
 * @throws AppError `json-invalid` with the file's name and the place in it.
 */
export async function* readElements(
  path: string,
  containers: readonly string[],
): AsyncGenerator<Element> {
  const scanner = new ElementScanner({
    containers,
    maxBytes: MAX_ELEMENT_BYTES,
    maxKeyBytes: MAX_KEY_BYTES,
  });
  try {
    await using file = await open(path, 'r');
    for await (const chunk of readChunks(file)) yield* scanner.feed(chunk);
    scanner.end();
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new AppError(error.code, `${basename(path)} cannot be read: ${error.message}.`, {
      cause: error,
    });
  }
}

async function* readChunks(file: FileHandle): AsyncGenerator<Buffer> {
  const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await file.read(memory, 0, CHUNK_BYTES);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
  }
}
