import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ runKey: Type.String({ minLength: 1, maxLength: 64 }) });

/** L1-sync fetches a run from its L1 and registers what it has made. */
export const recordRun: QueueContract<typeof schema> = {
  name: 'record-run',
  schema,
  payloadOf: (runKey) => ({ runKey }),
  idOf: ({ runKey }) => runKey,
  concurrency: 25,
  attempts: 8,
  backoffMs: 1000,
  timeoutMs: 40_000,
  maxCrashes: 10,
};
