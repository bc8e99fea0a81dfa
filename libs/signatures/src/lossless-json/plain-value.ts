import { AppError } from '@artdag/errors';
import { depthCeiling } from './depth-ceiling.ts';
import { type JsonNode, jsonFalse, jsonNull, jsonString, jsonTrue } from './json-node.ts';

/** What `JSON.parse` makes. */
export type PlainValue = string | number | boolean | null | PlainValue[] | PlainObject;

/** An object of plain values. */
export interface PlainObject {
  [key: string]: PlainValue;
}

/**
 * Turns a node into ordinary values.
 *
 * Numbers become doubles, so large integers are rounded and `1e400` is `Infinity`. A member called
 * `__proto__` becomes an own property and never a prototype.
 */
export function toPlainValue(node: JsonNode): PlainValue {
  switch (node.kind) {
    case 'object':
      return toPlainObject(node.entries);
    case 'array':
      return node.items.map(toPlainValue);
    case 'number':
      return Number(node.lexeme);
    case 'string':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
  }
}

function toPlainObject(entries: ReadonlyMap<string, JsonNode>): PlainObject {
  const plain: PlainObject = {};
  for (const [key, member] of entries) {
    const value = toPlainValue(member);
    if (key === '__proto__') {
      const attributes = { value, enumerable: true, writable: true, configurable: true };
      Object.defineProperty(plain, key, attributes);
    } else {
      plain[key] = value;
    }
  }
  return plain;
}

/**
 * Turns ordinary values into a node: own enumerable members, those that are `undefined` left out;
 * a `bigint` is an integer.
 *
 * @throws AppError `json-invalid` for what JSON cannot say: functions, class instances, `NaN`, cycles.
 */
export function fromPlainValue(value: unknown): JsonNode {
  return fromValue(value, 0);
}

function fromValue(value: unknown, depth: number): JsonNode {
  if (depth > depthCeiling) throw notJson('a value nested too deep or in itself');
  switch (typeof value) {
    case 'string':
      return jsonString(value);
    case 'boolean':
      return value ? jsonTrue : jsonFalse;
    case 'bigint':
      return { kind: 'number', lexeme: String(value) };
    case 'number':
      if (!Number.isFinite(value)) throw notJson(String(value));
      return { kind: 'number', lexeme: String(value) };
    case 'object':
      return value === null ? jsonNull : fromContainer(value, depth + 1);
    default:
      throw notJson(`a value of type ${typeof value}`);
  }
}

function fromContainer(value: object, depth: number): JsonNode {
  if (Array.isArray(value)) {
    return { kind: 'array', items: value.map((item) => fromValue(item, depth)) };
  }
  if (!isPlainObject(value)) throw notJson('an object that is not plain');
  const entries = new Map<string, JsonNode>();
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) entries.set(key, fromValue(member, depth));
  }
  return { kind: 'object', entries };
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notJson(what: string): AppError {
  return new AppError('json-invalid', `JSON cannot hold ${what}.`);
}
