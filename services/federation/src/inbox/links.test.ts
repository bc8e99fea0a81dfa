import { fromPlainValue, type JsonObject, type PlainValue } from '@artdag/signatures';
import { expect, test } from 'vitest';
import { findAddressees, findLinks } from './links.ts';

const node = (value: PlainValue) => fromPlainValue(value) as JsonObject;

test('finds addressees, one or several, named or embedded', () => {
  const document = node({ to: 'a', cc: ['b', { id: 'c' }, 7], audience: { id: 'd' }, bto: 'e' });
  expect(findAddressees(document)).toEqual(['a', 'b', 'c', 'd']);
  expect(findAddressees(node({}))).toEqual([]);
});

test('finds what an activity is about, three levels deep', () => {
  const deep = { object: { id: '3', object: { id: '4' } } };
  const document = node({ object: { id: '1', inReplyTo: ['2', deep] }, target: 't' });
  expect(findLinks(document)).toEqual(['1', '2', '3', 't']);
});

test('a list without end costs no more than its first fifty', () => {
  const tag = Array.from({ length: 1000 }, (_, index) => String(index));
  expect(findLinks(node({ tag }))).toHaveLength(50);
});
