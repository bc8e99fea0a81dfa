import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ activityId: Type.String({ minLength: 1, maxLength: 128 }) });

/**
 * The federation worker fetches what the owner gives as the address of a picture, and keeps small
 * copies where its bytes have the registered hash. Promised in the document of the asset that the
 * Create `activityId` claims.
 */
export const fetchPicture: QueueContract<typeof schema> = {
  name: 'fetch-picture',
  schema,
  payloadOf: (activityId) => ({ activityId }),
  idOf: ({ activityId }) => activityId,
  concurrency: 2,
  attempts: 5,
  backoffMs: 5000,
  timeoutMs: 40_000,
  maxCrashes: 3,
};
