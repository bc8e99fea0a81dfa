import { AppError } from '@artdag/errors';
import { ElementScanner } from './element-scanner.ts';
import { MAX_ELEMENT_BYTES } from './read-elements.ts';

/** Members of a JSON object, each as the text that it was written as. */
export type RawMembers = ReadonlyMap<string, string>;

/**
 * Takes a JSON object apart. Of a repeated key the last value stands, at the place of the first.
 *
 * @throws AppError `json-invalid`, `too-large` for a member that no record may have.
 */
export function parseRawMembers(text: string): RawMembers {
  const scanner = new ElementScanner({ containers: [], maxBytes: 2 * MAX_ELEMENT_BYTES });
  const elements = [...scanner.feed(Buffer.from(text))];
  scanner.end();
  if (elements.some(({ isTooLong }) => isTooLong)) {
    throw new AppError('too-large', 'a member of the record is too long');
  }
  return new Map(elements.map(({ key, bytes }) => [key ?? '', bytes.toString()]));
}

/** The compact JSON object of these members. */
export function joinRawMembers(members: Iterable<readonly [string, string | undefined]>): string {
  const parts: string[] = [];
  for (const [key, text] of members) {
    if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}
