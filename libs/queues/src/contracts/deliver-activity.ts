import { Type } from 'typebox';
import type { QueueContract } from './queue-contract.ts';

const schema = Type.Object({ deliveryId: Type.String({ minLength: 1, maxLength: 64 }) });

/** The federation worker makes one try at one delivery of the ledger, which knows how many there were and when the next is due. */
export const deliverActivity: QueueContract<typeof schema> = {
  name: 'deliver-activity',
  schema,
  payloadOf: (deliveryId) => ({ deliveryId }),
  idOf: ({ deliveryId }) => deliveryId,
  concurrency: 100,
  attempts: 8,
  backoffMs: 1000,
  timeoutMs: 30_000,
  maxCrashes: 10,
};
