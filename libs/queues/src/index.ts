export { type Completions, listenForCompletions } from './completions.ts';
export {
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  type JobObserver,
} from './consumer.ts';
export { createKeys } from './contracts/create-keys.ts';
export { jobIdOf, parsePayload, type QueueContract } from './contracts/queue-contract.ts';
export { signActivity } from './contracts/sign-activity.ts';
export {
  createProducer,
  type EnqueueResult,
  type Producer,
  type ProducerOptions,
} from './producer.ts';
export {
  type RelayObserver,
  type RelayOptions,
  type RelaySource,
  relayOnce,
  startRelay,
} from './relay.ts';
export { type IsOutage, type JobHandler, runJob } from './run-job.ts';
export type { WorkOutbox } from './work-outbox.ts';
