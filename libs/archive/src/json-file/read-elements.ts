import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { AppError, isAppError } from '@artdag/errors';
import { type Element, ElementScanner } from './element-scanner.ts';

/** An element beyond this could not be stored as one document. */
export const MAX_ELEMENT_BYTES = 6 * 1024 * 1024;
const MAX_KEY_BYTES = 1024 * 1024;

const CHUNK_BYTES = 256 * 1024;

/**
 * The elements of a JSON file, one by one: those of its root, and those of the named members of it.
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
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      yield* scanner.feed(chunk);
    }
    scanner.end();
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new AppError(error.code, `${basename(path)} cannot be read: ${error.message}.`, {
      cause: error,
    });
  }
}
