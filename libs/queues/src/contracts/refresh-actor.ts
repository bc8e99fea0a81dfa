import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ keyId: Type.String({ minLength: 1, maxLength: 900 }) });

/** The federation worker fetches the actor of a key. Nothing is promised: whoever asks waits, and asks again. */
export const refreshActor: QueueContract<typeof schema> = {
  name: 'refresh-actor',
  schema,
  payloadOf: (keyId) => ({ keyId }),
  idOf: ({ keyId }) => keyId,
  concurrency: 10,
  attempts: 1,
  backoffMs: 1000,
  timeoutMs: 15000,
  maxCrashes: 10,
  isForgotten: true,
};
