import { AppError } from '@artdag/errors';
import canonicalize from 'canonicalize';
import type { JsonNode } from './lossless-json/json-node.ts';
import { toPlainValue } from './lossless-json/plain-value.ts';

/**
 * The text of a node by the JSON Canonicalization Scheme. Numbers are doubles there: large
 * integers are rounded, `30.0` is `30`.
 *
 * @throws AppError `json-invalid` for a lone surrogate or a number beyond the doubles.
 * @see https://www.rfc-editor.org/rfc/rfc8785#section-3.2
 */
export function canonicalizeJcs(node: JsonNode): string {
  try {
    const text = canonicalize(toPlainValue(node));
    if (text === undefined) throw new TypeError('nothing to canonicalize');
    return text;
  } catch (cause) {
    const detail = 'The JSON has no canonical form: a lone surrogate or a number out of range.';
    throw new AppError('json-invalid', detail, { cause });
  }
}
