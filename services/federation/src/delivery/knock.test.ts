import { expect, test } from 'vitest';
import { firstKnock, isUnheard, learnManners, otherKnock } from './knock.ts';

const cavage = { scheme: 'cavage', keyType: 'rsa' } as const;
const rfc9421 = { scheme: 'rfc9421', keyType: 'rsa' } as const;
const ed25519 = { scheme: 'rfc9421', keyType: 'ed25519' } as const;

test('knocks as the host took it last, else in the older form by RSA', () => {
  expect(firstKnock({})).toEqual(cavage);
  expect(firstKnock({ scheme: 'rfc9421' })).toEqual(rfc9421);
  expect(firstKnock({ scheme: 'cavage', acceptsEd25519: true })).toEqual(ed25519);
  expect(firstKnock({ scheme: 'rfc9421', acceptsEd25519: false })).toEqual(rfc9421);
});

test('knocks the other way after an answer that may mean the form', () => {
  expect([400, 401, 403].every(isUnheard)).toBe(true);
  expect([202, 404, 410, 429, 500, undefined].some(isUnheard)).toBe(false);
  expect(otherKnock(cavage, {})).toEqual(rfc9421);
  expect(otherKnock(rfc9421, {})).toEqual(cavage);
  expect(otherKnock(ed25519, {})).toEqual(rfc9421);
  expect(otherKnock(ed25519, { scheme: 'cavage' })).toEqual(cavage);
});

test('remembers what is new only', () => {
  expect(learnManners(cavage, undefined, {})).toEqual({ scheme: 'cavage' });
  expect(learnManners(cavage, undefined, { scheme: 'cavage' })).toEqual({});
  expect(learnManners(rfc9421, cavage, { scheme: 'cavage' })).toEqual({ scheme: 'rfc9421' });
  expect(learnManners(ed25519, undefined, { acceptsEd25519: true })).toEqual({});
  const forgetful = { scheme: 'cavage', acceptsEd25519: true } as const;
  expect(learnManners(cavage, ed25519, forgetful)).toEqual({ acceptsEd25519: false });
});
