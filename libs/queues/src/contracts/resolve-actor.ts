import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ resource: Type.String({ minLength: 1, maxLength: 900 }) });

/**
 * The federation worker finds the actor of a handle (`user@host`) or of an IRI and remembers him,
 * or why there is none. Nothing is promised: whoever asks waits, and asks again.
 */
export const resolveActor: QueueContract<typeof schema> = {
  name: 'resolve-actor',
  schema,
  payloadOf: (resource) => ({ resource }),
  idOf: ({ resource }) => resource,
  concurrency: 10,
  attempts: 1,
  backoffMs: 1000,
  timeoutMs: 15000,
  maxCrashes: 10,
  isForgotten: true,
};
