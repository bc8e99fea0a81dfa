import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ activityId: Type.String({ minLength: 1, maxLength: 64 }) });

/** The signer signs the activity that a document has promised, and stores its exact text. */
export const signActivity: QueueContract<typeof schema> = {
  name: 'sign-activity',
  schema,
  payloadOf: (activityId) => ({ activityId }),
  idOf: ({ activityId }) => activityId,
  concurrency: 25,
  attempts: 8,
  backoffMs: 250,
  timeoutMs: 20_000,
  maxCrashes: 10,
};
