import { parseLosslessJson } from '../lossless-json/parse-lossless-json.ts';
import { type PlainValue, toPlainValue } from '../lossless-json/plain-value.ts';

/**
 * The value of a JSON text, where 0 has no sign: canonical forms have none. Not by `JSON.parse`, as
 * that of V8 13.6 misreads names that begin with an escape once it has read the name `\\`.
 */
export function readValue(text: string): PlainValue {
  return withoutNegativeZero(toPlainValue(parseLosslessJson(text)));
}

function withoutNegativeZero(value: PlainValue): PlainValue {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(withoutNegativeZero);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutNegativeZero(member)]),
  );
}
