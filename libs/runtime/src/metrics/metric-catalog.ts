/** What one metric is. */
export interface MetricEntry {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One sentence without a full stop, for `/metrics` and the reference page. */
  readonly help: string;
  /** Each label and the values that it takes: always few, never what a stranger chooses. */
  readonly labels: Readonly<Record<string, string>>;
  readonly buckets?: readonly number[];
}

const QUEUE = 'name of the queue';
const COMMAND = "name of the driver's command";
const STORE_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];

/**
 * Every metric of this server, by its name. Nothing else registers one: boards, alerts and the
 * reference page are checked against this list, and a test sees each of them at a running role.
 */
export const metricCatalog = {
  artdag_role_info: {
    type: 'gauge',
    help: 'Always 1: the role that the process was started as',
    labels: { role: 'gateway, signer, federation, l1-sync or all-in-one' },
  },
  artdag_health_check_up: {
    type: 'gauge',
    help: 'Whether a check of /health/ready is well (1) or not (0)',
    labels: { check: 'name of the check' },
  },
  artdag_http_request_seconds: {
    type: 'histogram',
    help: 'Time from a request to the end of its answer',
    labels: {
      method: 'HTTP method',
      route: 'template of the route, `none` where none fits',
      status: 'class of the status: 2xx, 3xx, 4xx, 5xx',
    },
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5, 25],
  },
  artdag_registrations_total: {
    type: 'counter',
    help: 'Wishes to register an asset, by their answer',
    labels: { outcome: 'signed, pending (the signature comes later) or refused' },
  },
  artdag_inbox_posts_total: {
    type: 'counter',
    help: 'Posts to inboxes by what became of them, and why',
    labels: {
      outcome: 'accepted, duplicate, dropped or refused',
      reason: 'why it was refused; `none` for the others',
    },
  },
  artdag_key_cache_lookups_total: {
    type: 'counter',
    help: "Look-ups of peers' public keys, by whether the gateway had the key in memory",
    labels: { result: 'hit or miss' },
  },
  artdag_jobs_enqueued_total: {
    type: 'counter',
    help: 'Jobs that this process put on a queue, those of the relay not counted',
    labels: { queue: QUEUE, result: 'queued, or deferred to the relay as Redis did not take it' },
  },
  artdag_queue_jobs: {
    type: 'gauge',
    help: 'Jobs on a queue, by state',
    labels: { queue: QUEUE, state: 'waiting, active, delayed, completed or failed' },
  },
  artdag_queue_oldest_wait_seconds: {
    type: 'gauge',
    help: 'Age of the job that has waited longest, 0 where none waits',
    labels: { queue: QUEUE },
  },
  artdag_queue_workers: {
    type: 'gauge',
    help: 'Workers that are connected to a queue',
    labels: { queue: QUEUE },
  },
  artdag_job_wait_seconds: {
    type: 'histogram',
    help: 'Time from when a job was due to the start of the run that finished it',
    labels: { queue: QUEUE },
    buckets: [0.01, 0.1, 1, 5, 30, 300, 3600],
  },
  artdag_job_run_seconds: {
    type: 'histogram',
    help: 'Time that the last run of a finished job took',
    labels: { queue: QUEUE },
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30],
  },
  artdag_job_attempts: {
    type: 'histogram',
    help: 'Tries that a finished job took',
    labels: { queue: QUEUE },
    buckets: [1, 2, 3, 5, 8],
  },
  artdag_job_failures_total: {
    type: 'counter',
    help: 'Tries that failed',
    labels: {
      queue: QUEUE,
      outcome: 'retried, or exhausted: set aside for an operator',
      reason: 'code of the error catalog, or `outage` of a store',
    },
  },
  artdag_job_postponements_total: {
    type: 'counter',
    help: 'Runs that put their job off to a later time, which is no failure',
    labels: { queue: QUEUE },
  },
  artdag_relayed_jobs_total: {
    type: 'counter',
    help: 'Lost jobs that the relay has enqueued again',
    labels: { queue: QUEUE },
  },
  artdag_relay_failures_total: {
    type: 'counter',
    help: 'Rounds in which the relay could not look for overdue promises',
    labels: { queue: QUEUE },
  },
  artdag_worker_replacements_total: {
    type: 'counter',
    help: 'Workers that had stopped reading and were replaced',
    labels: { queue: QUEUE },
  },
  artdag_delivery_tries_total: {
    type: 'counter',
    help: 'Tries to deliver an activity, by how they ended',
    labels: {
      outcome: 'delivered, gone, refused, retry, or unsigned where the signer was away',
    },
  },
  artdag_delivery_hosts: {
    type: 'gauge',
    help: 'Hosts that were tried in the last 15 minutes, by whether any try was taken',
    labels: { state: 'answering or failing' },
  },
  artdag_breakers: {
    type: 'gauge',
    help: 'Hosts that are not delivered to because they did not answer',
    labels: { state: 'open, or half-open: due for one try' },
  },
  artdag_l1_reads_total: {
    type: 'counter',
    help: 'Times that an L1 was asked for a run, by how it answered',
    labels: { outcome: 'finished, unfinished, failed, unknown, unusable or slow' },
  },
  artdag_mongodb_command_seconds: {
    type: 'histogram',
    help: 'Time of commands to MongoDB',
    labels: { command: COMMAND },
    buckets: STORE_BUCKETS,
  },
  artdag_mongodb_command_failures_total: {
    type: 'counter',
    help: 'Commands to MongoDB that failed or got no answer',
    labels: { command: COMMAND },
  },
  artdag_redis_command_seconds: {
    type: 'histogram',
    help: 'Time of commands to Redis, those that wait for work not counted',
    labels: { command: COMMAND },
    buckets: STORE_BUCKETS,
  },
  artdag_redis_command_failures_total: {
    type: 'counter',
    help: 'Commands to Redis that failed or got no answer',
    labels: { command: COMMAND },
  },
  artdag_redis_memory_ratio: {
    type: 'gauge',
    help: 'Part of the memory that Redis may use which it does use, 0 where it has no limit',
    labels: {},
  },
  artdag_redis_safe: {
    type: 'gauge',
    help: 'Whether Redis is set up to keep what it was given (1) or not (0)',
    labels: { rule: 'noeviction or append-only' },
  },
} as const satisfies Readonly<Record<string, MetricEntry>>;

type Catalog = typeof metricCatalog;

/** Names of the metrics of one type. */
export type MetricName<Type extends MetricEntry['type'] = MetricEntry['type']> = {
  [Name in keyof Catalog]: Catalog[Name]['type'] extends Type ? Name : never;
}[keyof Catalog];

/** Labels of a metric. */
export type LabelOf<Name extends MetricName> = keyof Catalog[Name]['labels'] & string;
