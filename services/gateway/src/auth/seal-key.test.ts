import { expect, test } from 'vitest';
import { createKeySeal } from './seal-key.ts';

const seal = createKeySeal('correct horse');
const key = Buffer.from('a private key of thirty-two bytes');

test('opens what it sealed, which is different each time and shows nothing', () => {
  const [one, other] = [seal.seal(key, 'k1'), seal.seal(key, 'k1')];
  expect(one).not.toBe(other);
  expect(Buffer.from(one, 'base64url').includes(key)).toBe(false);
  expect(seal.open(one, 'k1')).toEqual(key);
});

test.each([
  ['another secret', (text: string) => createKeySeal('wrong horse').open(text, 'k1')],
  ['another id', (text: string) => seal.open(text, 'k2')],
  [
    'a changed byte',
    (text: string) => seal.open(`${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`, 'k1'),
  ],
  ['a part', (text: string) => seal.open(text.slice(0, -4), 'k1')],
  ['nothing', () => seal.open('', 'k1')],
])('does not open with %s', (_, open) => {
  expect(open(seal.seal(key, 'k1'))).toBeUndefined();
});
