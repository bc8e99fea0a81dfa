import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ noticeId: Type.String({ minLength: 1, maxLength: 64 }) });

/** L1-sync tells an L1 that a user's access has ended. */
export const notifyL1: QueueContract<typeof schema> = {
  name: 'notify-l1',
  schema,
  payloadOf: (noticeId) => ({ noticeId }),
  idOf: ({ noticeId }) => noticeId,
  concurrency: 4,
  attempts: 8,
  backoffMs: 1000,
  timeoutMs: 30_000,
  maxCrashes: 10,
};
