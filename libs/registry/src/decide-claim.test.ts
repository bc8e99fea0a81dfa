import { expect, test } from 'vitest';
import { decideClaim } from './decide-claim.ts';

const existing = { owner: 'giles', contentHash: 'abc' };

test.each([
  ['the same owner and hash', { owner: 'giles', contentHash: 'abc' }, 'same-claim'],
  ['another hash', { owner: 'giles', contentHash: 'abd' }, 'name-taken'],
  ['another owner', { owner: 'eve', contentHash: 'abc' }, 'name-taken'],
])('%s: %s', (_, wanted, decision) => {
  expect(decideClaim(existing, wanted)).toBe(decision);
});
