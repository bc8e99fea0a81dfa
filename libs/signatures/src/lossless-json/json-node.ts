/** An object's members in the order of their first appearance; of repeated keys the last value. */
export interface JsonObject {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, JsonNode>;
}

/** An array. */
export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

/** A number as it was written: `30.0`, `1E5` and `9007199254740993` stay what they are. */
export interface JsonNumber {
  readonly kind: 'number';
  readonly lexeme: string;
}

/** A string of UTF-16 code units; lone surrogates survive. */
export interface JsonString {
  readonly kind: 'string';
  readonly value: string;
}

/** `true` or `false`. */
export interface JsonBoolean {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** `null`. */
export interface JsonNull {
  readonly kind: 'null';
}

/**
 * A JSON value that keeps what `JSON.parse` loses and a signature covers: the text of numbers.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-3
 */
export type JsonNode = JsonObject | JsonArray | JsonNumber | JsonString | JsonBoolean | JsonNull;

/** `null` as a node. */
export const jsonNull: JsonNull = Object.freeze({ kind: 'null' });

/** `true` as a node. */
export const jsonTrue: JsonBoolean = Object.freeze({ kind: 'boolean', value: true });

/** `false` as a node. */
export const jsonFalse: JsonBoolean = Object.freeze({ kind: 'boolean', value: false });

/** A string as a node. */
export function jsonString(value: string): JsonString {
  return { kind: 'string', value };
}

/** An object node of the given members, in their order. */
export function jsonObject(entries: Iterable<readonly [string, JsonNode]>): JsonObject {
  return { kind: 'object', entries: new Map(entries) };
}
