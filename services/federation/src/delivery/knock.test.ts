import { expect, test } from 'vitest';
import { firstKnock, isUnheard, learnManners, otherKnock } from './knock.ts';

const cavage = { scheme: 'cavage', keyType: 'rsa' } as const;
const rfc9421 = { scheme: 'rfc9421', keyType: 'rsa' } as const;
const ed25519 = { scheme: 'rfc9421', keyType: 'ed25519' } as const;

const now = new Date('2026-01-31T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

test('knocks as the host took it last, else in the older form by RSA', () => {
  expect(firstKnock({}, now)).toEqual(cavage);
  expect(firstKnock({ scheme: 'rfc9421' }, now)).toEqual(rfc9421);
  expect(firstKnock({ scheme: 'cavage', acceptsEd25519: true }, now)).toEqual(ed25519);
  expect(firstKnock({ scheme: 'rfc9421', acceptsEd25519: false }, now)).toEqual(rfc9421);
});

test('tries Ed25519 where an answer shows whether it is taken, and RSA is there to fall back to', () => {
  const trial = { ...ed25519, isTrial: true };
  expect(firstKnock({ scheme: 'cavage', ed25519Hint: 'declared' }, now)).toEqual(trial);
  expect(firstKnock({ scheme: 'rfc9421', ed25519Hint: 'listed' }, now)).toEqual(trial);
  expect(firstKnock({ scheme: 'cavage', ed25519Hint: 'listed' }, now)).toEqual(cavage);
  expect(firstKnock({ ed25519Hint: 'declared' }, now)).toEqual(cavage);
});

test('tries again 30 days after a refusal', () => {
  const refused = { scheme: 'rfc9421', ed25519Hint: 'listed', acceptsEd25519: false } as const;
  expect(firstKnock({ ...refused, ed25519At: daysAgo(29) }, now)).toEqual(rfc9421);
  expect(firstKnock({ ...refused, ed25519At: daysAgo(30) }, now)).toMatchObject(ed25519);
});

test('knocks the other way after an answer that may mean the form', () => {
  expect([400, 401, 403].every((status) => isUnheard(status, {}))).toBe(true);
  expect([202, 404, 410, 429, 500, undefined].some((status) => isUnheard(status, {}))).toBe(false);
  expect(otherKnock(cavage, {})).toEqual(rfc9421);
  expect(otherKnock(rfc9421, {})).toEqual(cavage);
  expect(otherKnock(ed25519, {})).toEqual(rfc9421);
  expect(otherKnock(ed25519, { scheme: 'cavage' })).toEqual(cavage);
});

test('after a trial knocks the other way whatever the answer, unless it asks for patience', () => {
  const isUnheardTrial = (status: number | undefined) => isUnheard(status, { isTrial: true });
  expect([400, 401, 403, 404, 410, 422, 500, 501].every(isUnheardTrial)).toBe(true);
  expect([429, 503, undefined].some(isUnheardTrial)).toBe(false);
});

test('remembers what is new only', () => {
  expect(learnManners(cavage, undefined, {}, now)).toEqual({ scheme: 'cavage' });
  expect(learnManners(cavage, undefined, { scheme: 'cavage' }, now)).toEqual({});
  expect(learnManners(rfc9421, cavage, { scheme: 'cavage' }, now)).toEqual({ scheme: 'rfc9421' });
  expect(learnManners(ed25519, undefined, { acceptsEd25519: true }, now)).toEqual({});
  const forgetful = { scheme: 'cavage', acceptsEd25519: true } as const;
  expect(learnManners(cavage, ed25519, forgetful, now)).toEqual({
    acceptsEd25519: false,
    ed25519At: now,
  });
  const trial = { ...ed25519, isTrial: true } as const;
  expect(learnManners(trial, undefined, forgetful, now)).toEqual({
    acceptsEd25519: true,
    ed25519At: now,
  });
});
