import { isAppError } from '@artdag/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ElementScanner } from './element-scanner.ts';

function scan(text: string | Buffer, { chunk = 7, containers = ['items'], maxBytes = 1000 } = {}) {
  const bytes = Buffer.from(text);
  const scanner = new ElementScanner({ containers, maxBytes });
  const found = [];
  for (let start = 0; start < bytes.length; start += chunk) {
    found.push(...scanner.feed(bytes.subarray(start, start + chunk)));
  }
  scanner.end();
  return found;
}
const textsOf = (text: string, options = {}) =>
  scan(text, options).map(({ container, key, index, bytes }) => [
    container,
    key,
    index,
    bytes.toString(),
  ]);

test('every element is given as it was written, with its place', () => {
  expect(
    textsOf('{"version": "1.0", "items": [ 30.0, {"a" : [1, "}"]},\n null ], "z": {"items":[1]}}'),
  ).toEqual([
    [null, 'version', 0, '"1.0"'],
    ['items', null, 0, '30.0'],
    ['items', null, 1, '{"a" : [1, "}"]}'],
    ['items', null, 2, 'null'],
    [null, 'z', 2, '{"items":[1]}'],
  ]);
  expect(textsOf(' ["a\\"]", -1e5 ] ')).toEqual([
    [null, null, 0, '"a\\"]"'],
    [null, null, 1, '-1e5'],
  ]);
  expect(textsOf('{"items":{"é:\\u0062":1,"__proto__":{}}}').map(([, key]) => key)).toEqual([
    'é:b',
    '__proto__',
  ]);
  expect(textsOf('{}')).toEqual([]);
  expect(textsOf('{"items":[]}')).toEqual([]);
});

test('how the file comes in pieces does not matter, and offsets are those of the file', () => {
  // The library's own units of all Unicode take seconds to set up.
  const stringUnit = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));
  const value = fc.jsonValue({ stringUnit, maxDepth: 3 });
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 5 }),
      fc.integer({ min: 1, max: 64 }),
      (items, chunk) => {
        const text = JSON.stringify({ items }, undefined, 1);
        const found = scan(text, { chunk, maxBytes: 1e6 });
        expect(found.map(({ bytes }) => JSON.parse(bytes.toString()))).toEqual(
          JSON.parse(JSON.stringify(items)),
        );
        const file = Buffer.from(text);
        for (const { offset, bytes } of found) {
          expect(file.subarray(offset, offset + bytes.length).equals(bytes)).toBe(true);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('ten thousand levels of nesting are one element', () => {
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  expect(scan(`[${deep}]`, { maxBytes: 20_000 })).toHaveLength(1);
});

describe('what is wrong is told with its byte', () => {
  test.each([
    ['', 'it ends at byte 0, after its beginning: it is cut short'],
    ['"text"', 'at byte 0 an object or an array is expected'],
    [
      '{"items":[1,{"a":2',
      'it ends at byte 18, in /items/1, which begins at byte 12: it is cut short',
    ],
    ['{"items":[1,2', 'it ends at byte 13, in /items/1, which begins at byte 12: it is cut short'],
    ['{"items":[1,2]', 'it ends at byte 14, after /items: it is cut short'],
    ['{"items":[1,,2]}', 'at byte 12 a value is expected'],
    ['{"items":[1 2]}', 'at byte 12 "," or the end is expected'],
    ['{"items":[1}', 'at byte 11 "," or the end is expected'],
    ['{a:1}', 'at byte 1 a key in double quotes is expected'],
    ['{"a" 1}', 'at byte 5 ":" is expected'],
    ['[1]x', 'at byte 3 the text goes on after its end'],
  ])('%s', (text, message) => {
    try {
      scan(text);
      expect.unreachable();
    } catch (error) {
      if (!isAppError(error, 'json-invalid')) throw error;
      expect(error.message).toBe(message);
    }
  });
});

test('of an element beyond the limit its place is told, of a key beyond it the place of both', () => {
  const big = `"${'x'.repeat(1000)}"`;
  const places = (text: string) => {
    const found = scan(text, { chunk: 64, containers: ['items'], maxBytes: 1000 });
    return found.map(({ key, offset, length, isTooLong, bytes }) => [
      key,
      text.slice(offset, offset + length),
      isTooLong,
      bytes.length,
    ]);
  };
  expect(places(`{"items": {"big": ${big}, "a": 1}}`)).toEqual([
    ['big', big, true, 0],
    ['a', '1', false, 1],
  ]);
  expect(places(`{"items": {${big} : {"b":2}, "a": 1}}`)).toEqual([
    [null, `${big} : {"b":2}`, true, 0],
    ['a', '1', false, 1],
  ]);
  expect(places(`{"items": [${big}, 7]}`)).toEqual([
    [null, big, true, 0],
    [null, '7', false, 1],
  ]);
});
