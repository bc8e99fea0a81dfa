import type { JsonNode } from './lossless-json/json-node.ts';
import { formatPythonNumber } from './python-number.ts';

// Also matches each half of a surrogate pair, which is what ensure_ascii writes.
const escapedPattern = /["\\]|[^ -~]/g;
const surrogatePattern = /[\ud800-\udfff]/;
const shortEscapes = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * The canonical text that `RsaSignature2017` of the original covers: byte for byte what Python's
 * `json.dumps(value, sort_keys=True, separators=(",", ":"))` gives for the parsed text.
 *
 * The result is ASCII. A float beyond the doubles is `Infinity`, as in Python.
 *
 * @see https://docs.python.org/3/library/json.html#json.dumps
 */
export function pythonCanonical(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return canonicalObject(node.entries);
    case 'array':
      return `[${node.items.map(pythonCanonical).join(',')}]`;
    case 'number':
      return formatPythonNumber(node.lexeme);
    case 'string':
      return quoteAscii(node.value);
    case 'boolean':
      return node.value ? 'true' : 'false';
    case 'null':
      return 'null';
  }
}

function canonicalObject(entries: ReadonlyMap<string, JsonNode>): string {
  const sorted = sortByCodePoint([...entries]);
  const members = sorted.map(([key, member]) => `${quoteAscii(key)}:${pythonCanonical(member)}`);
  return `{${members.join(',')}}`;
}

function quoteAscii(value: string): string {
  return `"${value.replace(escapedPattern, escapeUnit)}"`;
}

function escapeUnit(unit: string): string {
  const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return shortEscapes.get(unit) ?? `\\u${hex}`;
}

function sortByCodePoint<Entry extends [string, unknown]>(entries: Entry[]): Entry[] {
  // Code units and code points order alike unless a surrogate is among them.
  const compare = entries.some(([key]) => surrogatePattern.test(key))
    ? compareCodePoints
    : compareCodeUnits;
  return entries.sort(([left], [right]) => compare(left, right));
}

function compareCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function compareCodePoints(left: string, right: string): number {
  let index = 0;
  for (;;) {
    const leftPoint = left.codePointAt(index) ?? -1;
    const rightPoint = right.codePointAt(index) ?? -1;
    if (leftPoint !== rightPoint) return leftPoint - rightPoint;
    if (leftPoint === -1) return 0;
    index += leftPoint > 0xffff ? 2 : 1;
  }
}
