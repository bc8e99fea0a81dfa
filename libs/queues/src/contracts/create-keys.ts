import { USERNAME_PATTERN } from '@artdag/registry';
import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ username: Type.String({ pattern: USERNAME_PATTERN }) });

/** The signer makes the key pairs of a new user, or takes those that are there, and publishes their public halves. */
export const createKeys: QueueContract<typeof schema> = {
  name: 'create-keys',
  schema,
  payloadOf: (username) => ({ username }),
  idOf: ({ username }) => username,
  concurrency: 4,
  attempts: 8,
  backoffMs: 250,
  timeoutMs: 20_000,
  maxCrashes: 10,
};
