import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ receivedId: Type.String({ minLength: 1, maxLength: 64 }) });

/** The federation worker takes in an activity that the gateway has checked and stored. */
export const processInboxActivity: QueueContract<typeof schema> = {
  name: 'process-inbox-activity',
  schema,
  payloadOf: (receivedId) => ({ receivedId }),
  idOf: ({ receivedId }) => receivedId,
  concurrency: 25,
  attempts: 8,
  backoffMs: 1000,
  timeoutMs: 30000,
  maxCrashes: 10,
};
