import type { JwtKey } from '@artdag/store';
import { expect, test } from 'vitest';
import { chooseSigningKey, judgeJwtKeys } from './judge-jwt-keys.ts';

const MINUTE = 60_000;
const start = Date.UTC(2026, 0, 1);
const at = (minutes: number) => new Date(start + minutes * MINUTE);

function key(sequence: number, signsFrom: number, more: Partial<JwtKey> = {}): JwtKey {
  return {
    kid: `k${sequence}`,
    sequence,
    publicKey: '',
    sealedKey: '',
    signsFrom: at(signsFrom),
    lifeSeconds: 3600,
    endsOlder: false,
    ...more,
  };
}

const believed = (keys: readonly JwtKey[], minutes: number) =>
  judgeJwtKeys(keys, at(minutes)).map((judged) => judged.key.kid);

const signer = (keys: readonly JwtKey[], minutes: number) =>
  chooseSigningKey(judgeJwtKeys(keys, at(minutes)), at(minutes))?.key.kid;

test('there may be no key', () => {
  expect(judgeJwtKeys([], at(0))).toEqual([]);
  expect(chooseSigningKey([], at(0))).toBeUndefined();
});

test('a key signs from its time on, and is believed before', () => {
  const keys = [key(1, 0), key(2, 10)];
  expect([signer(keys, 9), signer(keys, 10)]).toEqual(['k1', 'k2']);
  expect(believed(keys, 1)).toEqual(['k1', 'k2']);
});

test('an old key is believed until its last token has ended, for clocks that are behind too', () => {
  const keys = [key(1, 0), key(2, 10)];
  const end = 10 + 60 + 15;
  expect(judgeJwtKeys(keys, at(20)).map(({ believedUntil }) => believedUntil)).toEqual([
    at(end),
    undefined,
  ]);
  expect(believed(keys, end - 1)).toEqual(['k1', 'k2']);
  expect(believed(keys, end)).toEqual(['k2']);
});

test('the longest life of a token counts', () => {
  const keys = [key(1, 0, { lifeSeconds: 30 * 86_400 }), key(2, 10)];
  expect(believed(keys, 29 * 24 * 60)).toEqual(['k1', 'k2']);
});

test('a key that ends the older ones stands alone, whatever comes after it', () => {
  const keys = [key(1, 0), key(2, 10), key(3, 11, { endsOlder: true }), key(4, 20)];
  expect(believed(keys, 11)).toEqual(['k3', 'k4']);
  expect([signer(keys, 11), signer(keys, 20)]).toEqual(['k3', 'k4']);
});

test('a clock that is behind the only key signs with it all the same', () => {
  expect(signer([key(1, 5)], 0)).toBe('k1');
});
