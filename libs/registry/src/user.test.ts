import { expect, test } from 'vitest';
import { isUsername } from './user.ts';

test.each(['giles', 'a', '_x_', 'a-b', '0', 'a'.repeat(64)])('%s can be a user', (name) => {
  expect(isUsername(name)).toBe(true);
});

test.each(['', 'Giles', '-a', 'a-', 'a b', 'a.b', '../x', 'é', 'a\n', 'a'.repeat(65)])(
  '%j can not',
  (name) => {
    expect(isUsername(name)).toBe(false);
  },
);
