import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDigestTable, digestOf } from './digest-table.ts';
import { createTextArena } from './text-arena.ts';

test('a table says of each text the number that it was given last, and nothing of others', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.nat()), { maxLength: 50 }), (entries) => {
      const table = createDigestTable();
      for (const [text, value] of entries) table.set(digestOf(text), value);
      for (const [text, value] of new Map(entries)) {
        expect(table.get(digestOf(text))).toBe(value);
        expect(table.get(digestOf(text, ''))).toBeUndefined();
      }
    }),
    { numRuns: 20 },
  );
});

test('a table finds all of them after it has grown', () => {
  const table = createDigestTable();
  for (let number = 0; number < 5000; number += 1) table.set(digestOf(`text ${number}`), number);
  for (let number = 0; number < 5000; number += 1) {
    if (table.get(digestOf(`text ${number}`)) !== number) expect.unreachable(`text ${number}`);
  }
  expect(table.get(digestOf('text 5000'))).toBeUndefined();
});

test('keys that begin in the same slot, also in the last one, are told apart', () => {
  const table = createDigestTable();
  const keys = [
    [1023, 0, 0],
    [1023, 1, 0],
    [1023, 0, 1],
    [2047, 0, 0],
  ] as const;
  for (const [value, key] of keys.entries()) table.set(key, value);
  expect(keys.map((key) => table.get(key))).toEqual([0, 1, 2, 3]);
  expect(table.get([1023, 1, 1])).toBeUndefined();
});

test('an arena gives its texts back, over the end of a block too', () => {
  const arena = createTextArena();
  const texts = Array.from({ length: 40 }, (_, number) => String(number).repeat(30_000));
  const places = ['', 'a b', ...texts].map((text) => arena.add(text));
  expect(places.map((place) => arena.get(place))).toEqual(['', 'a b', ...texts]);
  expect(() => arena.add('x'.repeat(65_536))).toThrow(RangeError);
  expect(() => arena.get(1 << 30)).toThrow(RangeError);
});
