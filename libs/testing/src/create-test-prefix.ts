import { randomUUID } from 'node:crypto';

/** A prefix of Redis keys that nobody else uses. */
export function createTestPrefix(): string {
  return `test-${randomUUID()}`;
}
