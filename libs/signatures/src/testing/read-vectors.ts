import { readFileSync } from 'node:fs';

/** Reads a file of `tests/vectors`. */
export function readVectors(name: string) {
  return readFileSync(new URL(`../../../../tests/vectors/${name}`, import.meta.url), 'utf8');
}
