import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ runKey: Type.String({ minLength: 1, maxLength: 64 }) });

/**
 * L1-sync asks an L1 again about a run that is registered, and notes what it finds. Nothing is
 * promised: whoever looks at the work asks for it, and sees what was found the time before.
 */
export const checkRun: QueueContract<typeof schema> = {
  name: 'check-run',
  schema,
  payloadOf: (runKey) => ({ runKey }),
  idOf: ({ runKey }) => runKey,
  concurrency: 4,
  attempts: 1,
  backoffMs: 1000,
  timeoutMs: 40_000,
  maxCrashes: 10,
  isForgotten: true,
};
