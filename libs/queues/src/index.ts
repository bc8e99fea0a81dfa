export { type Completions, listenForCompletions } from './completions.ts';
export {
  type Consumer,
  type ConsumerOptions,
  createConsumer,
  type JobObserver,
} from './consumer.ts';
export { allContracts, findContract } from './contracts/all-contracts.ts';
export { checkRun } from './contracts/check-run.ts';
export { createKeys } from './contracts/create-keys.ts';
export { deliverActivity } from './contracts/deliver-activity.ts';
export { fanOutActivity } from './contracts/fan-out-activity.ts';
export { fetchPicture } from './contracts/fetch-picture.ts';
export { notifyL1 } from './contracts/notify-l1.ts';
export { processInboxActivity } from './contracts/process-inbox-activity.ts';
export { jobIdOf, parsePayload, type QueueContract } from './contracts/queue-contract.ts';
export { recordRun } from './contracts/record-run.ts';
export { refreshActor } from './contracts/refresh-actor.ts';
export { reportRun } from './contracts/report-run.ts';
export { resolveActor } from './contracts/resolve-actor.ts';
export { resolveFollower } from './contracts/resolve-follower.ts';
export { resolveObject } from './contracts/resolve-object.ts';
export { signActivity } from './contracts/sign-activity.ts';
export type { JobDetail, JobPage, JobRange } from './inspect-jobs.ts';
export type { QueueReport } from './inspect-queue.ts';
export { type InspectedJob, JOB_STATES, type JobState } from './inspected-job.ts';
export type { FailureReason, JobRun } from './job-run.ts';
export { type JobTelemetry, loadJobTelemetry } from './job-telemetry.ts';
export type { CommandObserver } from './observe-commands.ts';
export { type BoardQueue, type BoardQueues, openBoardQueues } from './open-board-queues.ts';
export {
  createProducer,
  type EnqueueResult,
  type Producer,
  type ProducerOptions,
  type QueueLoad,
} from './producer.ts';
export { createQueueInspector, type QueueInspector } from './queue-inspector.ts';
export type { RedisFacts } from './redis-facts.ts';
export {
  createRelayRound,
  type RelayObserver,
  type RelayOptions,
  type RelaySource,
  startRelay,
} from './relay.ts';
export type { RelayHistory } from './relay-history.ts';
export { removeQueues } from './remove-queues.ts';
export { type IsOutage, type JobHandler, type JobOutcome, runJob } from './run-job.ts';
export {
  type CrashCounter,
  combineCrashCounters,
  type WorkOutbox,
  type WorkSweep,
} from './work-outbox.ts';
