import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ activityId: Type.String({ minLength: 1, maxLength: 64 }) });

/** The federation worker carries out a signed activity of ours here, and writes a delivery for each inbox of its audience. */
export const fanOutActivity: QueueContract<typeof schema> = {
  name: 'fan-out-activity',
  schema,
  payloadOf: (activityId) => ({ activityId }),
  idOf: ({ activityId }) => activityId,
  concurrency: 4,
  attempts: 12,
  backoffMs: 1000,
  timeoutMs: 600_000,
  maxCrashes: 10,
};
