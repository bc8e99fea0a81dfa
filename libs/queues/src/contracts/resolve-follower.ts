import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ followerId: Type.String({ minLength: 1, maxLength: 1000 }) });

/** The federation worker finds the inbox of a follower who was imported by his IRI alone. */
export const resolveFollower: QueueContract<typeof schema> = {
  name: 'resolve-follower',
  schema,
  payloadOf: (followerId) => ({ followerId }),
  idOf: ({ followerId }) => followerId,
  concurrency: 10,
  attempts: 8,
  backoffMs: 1000,
  timeoutMs: 30_000,
  maxCrashes: 10,
};
