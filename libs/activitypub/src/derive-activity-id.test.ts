import { expect, test } from 'vitest';
import { deriveActivityId } from './derive-activity-id.ts';

test('is a UUID of version 8', () => {
  expect(deriveActivityId('Follow', 'giles')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test('is the same for the same parts, and another for others', () => {
  expect(deriveActivityId('a', 'b')).toBe(deriveActivityId('a', 'b'));
  const ids = [['ab'], ['a', 'b'], ['b', 'a'], ['a', 'b', '']].map((parts) =>
    deriveActivityId(...parts),
  );
  expect(new Set(ids).size).toBe(4);
});
