import { AppError } from '@artdag/errors';
import { depthCeiling } from './depth-ceiling.ts';
import type { JsonNode } from './json-node.ts';
import { JsonReader } from './json-reader.ts';

/** Limits of {@link parseLosslessJson}. */
export interface ParseLosslessJsonOptions {
  /** Arrays and objects that may stand in one another; 100 by default, at most 1000. */
  readonly maxDepth?: number;
  /** UTF-16 code units that the text may have; no limit by default. */
  readonly maxLength?: number;
}

/**
 * Reads one JSON text, strictly: no byte order mark, `NaN`, comment, trailing comma or control character.
 *
 * Of a repeated key the last value stands, at the place of the first, as in Python.
 *
 * @throws AppError `json-invalid` with line and column; `too-large` beyond `maxLength`.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseLosslessJson(text: string, options: ParseLosslessJsonOptions = {}): JsonNode {
  const { maxDepth = 100, maxLength = Number.POSITIVE_INFINITY } = options;
  if (text.length > maxLength) {
    throw new AppError('too-large', `The JSON text is longer than ${maxLength} characters.`);
  }
  return new JsonReader(text, Math.min(maxDepth, depthCeiling)).readDocument();
}
