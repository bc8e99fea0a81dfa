import { expect, test } from 'vitest';
import { decideClaim } from './decide-claim.ts';

const existing = { owner: 'giles', contentHash: 'abc', state: 'signed' } as const;

test.each([
  ['the same owner and hash', { owner: 'giles', contentHash: 'abc' }, 'same-claim'],
  ['another hash', { owner: 'giles', contentHash: 'abd' }, 'name-taken'],
  ['another owner', { owner: 'eve', contentHash: 'abc' }, 'name-taken'],
])('%s: %s', (_, wanted, decision) => {
  expect(decideClaim(existing, wanted)).toBe(decision);
});

test('a claim that was withdrawn keeps its name taken, for its owner too', () => {
  const withdrawn = { ...existing, state: 'withdrawn' } as const;
  expect(decideClaim(withdrawn, existing)).toBe('name-taken');
});
