import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ runKey: Type.String({ minLength: 1, maxLength: 64 }) });

/** L1-sync tells an L1 that has asked for it what became of a run. */
export const reportRun: QueueContract<typeof schema> = {
  name: 'report-run',
  schema,
  payloadOf: (runKey) => ({ runKey }),
  idOf: ({ runKey }) => runKey,
  concurrency: 8,
  attempts: 8,
  backoffMs: 1000,
  timeoutMs: 40_000,
  maxCrashes: 10,
};
