import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allContracts, findContract } from './all-contracts.ts';

test('the list has every contract of this folder', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (name) => !name.endsWith('.test.ts') && !/^(all-contracts|queue-contract)\.ts$/.test(name),
  );
  expect(allContracts.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

test('a contract is found by its name only', () => {
  expect(findContract('sign-activity')?.name).toBe('sign-activity');
  expect(findContract('constructor')).toBeUndefined();
});
