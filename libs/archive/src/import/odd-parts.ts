import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ElementPlace } from '../json-file/element-scanner.ts';

/** A piece of a record, as it stands in its file. */
export interface OddPart {
  readonly bytes: Buffer;
  /** Of which record it is a piece, and where it begins there; not there where it is the whole. */
  readonly part?: { readonly of: string; readonly offset: number; readonly length: number };
}

/** A piece can be written as JSON with every character escaped, and still be read as one record. */
const PART_BYTES = 768 * 1024;

/** Reads a record from its file again; one that is large in pieces that end between two characters. */
export async function* readOddParts(
  file: FileHandle,
  { offset: start, length }: Pick<ElementPlace, 'offset' | 'length'>,
): AsyncGenerator<OddPart> {
  if (length <= PART_BYTES) {
    yield { bytes: await read(file, start, length) };
    return;
  }
  const of = await digestOf(file, start, length);
  for (let offset = 0; offset < length; ) {
    const left = length - offset;
    const bytes = wholeCharacters(await read(file, start + offset, Math.min(PART_BYTES + 1, left)));
    yield { bytes, part: { of, offset, length } };
    offset += bytes.length;
  }
}

async function digestOf(file: FileHandle, start: number, length: number): Promise<string> {
  const hash = createHash('sha256');
  for (let offset = 0; offset < length; offset += PART_BYTES) {
    hash.update(await read(file, start + offset, Math.min(PART_BYTES, length - offset)));
  }
  return hash.digest('hex');
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new RangeError(`the file ends at byte ${position + bytesRead}`);
  return buffer;
}

/** As much as one part may have, unless that ends in the middle of a character of UTF-8. */
function wholeCharacters(bytes: Buffer): Buffer {
  if (bytes.length <= PART_BYTES) return bytes;
  let end = PART_BYTES;
  while (PART_BYTES - end < 3 && isContinuation(bytes[end])) end -= 1;
  return bytes.subarray(0, end);
}

function isContinuation(byte = 0): boolean {
  return (byte & 0xc0) === 0x80;
}
