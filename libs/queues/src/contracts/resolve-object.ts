import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ objectIri: Type.String({ minLength: 1, maxLength: 900 }) });

/**
 * The federation worker finds out whose a peer's object is and remembers it, or why nobody can
 * tell. Nothing is promised: whoever asks waits a while, and does without the answer.
 */
export const resolveObject: QueueContract<typeof schema> = {
  name: 'resolve-object',
  schema,
  payloadOf: (objectIri) => ({ objectIri }),
  idOf: ({ objectIri }) => objectIri,
  concurrency: 10,
  attempts: 1,
  backoffMs: 1000,
  timeoutMs: 25_000,
  maxCrashes: 10,
  isForgotten: true,
};
