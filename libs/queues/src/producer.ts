import type { Job, Queue } from 'bullmq';
import { jobIdOf, type QueueContract } from './contracts/queue-contract.ts';
import { inTrace, type JobTelemetry } from './job-telemetry.ts';
import { type CommandObserver, observeCommands } from './observe-commands.ts';
import { oldestWaitingMs } from './oldest-waiting.ts';
import { createQueueOpener } from './queue-opener.ts';
import { connectProducerRedis, type RedisConnection } from './redis.ts';
import { readMemory } from './redis-facts.ts';
import { countRelayed } from './relay-history.ts';

/**
 * What became of a wish to enqueue. `deferred`: Redis did not take it in time, and the relay will
 * find it in its document.
 */
export type EnqueueResult = 'queued' | 'deferred';

/** Puts jobs on queues. Never throws because of Redis: the promise in the document is what counts. */
export interface Producer extends AsyncDisposable {
  enqueue(contract: QueueContract, id: string): Promise<EnqueueResult>;
  /** Enqueues many in few round trips; `deferred` where some may not have got there. */
  enqueueMany(contract: QueueContract, ids: readonly string[]): Promise<EnqueueResult>;
  /**
   * Puts promised work back on its queue where it has got lost: adds what is missing, tries again
   * what failed, replaces what ended without its effect, leaves alone what waits or runs.
   * Rejects where Redis is away.
   */
  revive(contract: QueueContract, ids: readonly string[]): Promise<void>;
  /** Of these ids those whose jobs are missing or have ended. Rejects where Redis is away. */
  findLost(contract: QueueContract, ids: readonly string[]): Promise<string[]>;
  /**
   * {@link Producer.revive} for a relay: what is lost, each with the trace to go on with, is put back
   * and counted for operators to see.
   */
  relay(contract: QueueContract, lost: Traces): Promise<void>;
  /** {@link Producer.revive}, and lets those that wait for their time run now. */
  hurry(contract: QueueContract, ids: readonly string[]): Promise<void>;
  /** How far behind a queue is and how full Redis is. Rejects where Redis is away. */
  load(contract: QueueContract): Promise<QueueLoad>;
  /** Throws where Redis does not answer. */
  ping(): Promise<void>;
}

/** Each `traceparent`, where there is one, by the id of what was promised in it. */
export type Traces = ReadonlyMap<string, string | undefined>;

/** How much waits. */
export interface QueueLoad {
  /** Age of the job that has waited longest, in milliseconds; 0 where none waits. */
  readonly oldestWaitingMs: number;
  /** Part of the memory that Redis may use which it does use; 0 where it has no limit. */
  readonly memoryShare: number;
}

/** How a producer is made. */
export interface ProducerOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly commands?: CommandObserver;
  readonly telemetry?: JobTelemetry | undefined;
  readonly observer?: ProducerObserver;
}

/** Who hears what is put on queues. */
export interface ProducerObserver {
  enqueued(queue: string, result: EnqueueResult, count: number): void;
}

const ENQUEUE_TIMEOUT_MS = 1000;
const CHUNK = 1000;

/** A {@link Producer} with one connection for all its queues. */
export function createProducer(options: ProducerOptions): Producer {
  const { prefix, observer, telemetry } = options;
  const redis = observeCommands(connectProducerRedis(options.redisUrl), options.commands);
  const queues = createQueueOpener({ redis, prefix, telemetry });

  // Before the first connection commands would fail at once, though Redis is only a moment away.
  const connected = new Promise<void>((resolve) => redis.once('ready', () => resolve()));

  async function add(contract: QueueContract, id: string): Promise<Job> {
    await connected;
    const payload = contract.payloadOf(id);
    return queues.open(contract).add(contract.name, payload, { jobId: jobIdOf(contract, id) });
  }

  async function addMany(contract: QueueContract, ids: readonly string[]): Promise<unknown> {
    await connected;
    const jobs = ids.map((id) => ({
      name: contract.name,
      data: contract.payloadOf(id),
      opts: { jobId: jobIdOf(contract, id) },
    }));
    return queues.open(contract).addBulk(jobs);
  }

  async function settle(contract: QueueContract, count: number, added: Promise<unknown>) {
    const result = await settleInTime(added);
    observer?.enqueued(contract.name, result, count);
    return result;
  }

  const findLostOf = (contract: QueueContract, ids: readonly string[]) =>
    findLost(redis, queues.open(contract), contract, ids);

  return {
    enqueue: (contract, id) => settle(contract, 1, add(contract, id)),
    async enqueueMany(contract, ids) {
      for (let start = 0; start < ids.length; start += CHUNK) {
        const chunk = ids.slice(start, start + CHUNK);
        const result = await settle(contract, chunk.length, addMany(contract, chunk));
        if (result === 'deferred') return 'deferred';
      }
      return 'queued';
    },
    async revive(contract, ids) {
      const queue = queues.open(contract);
      const lost = await findLostOf(contract, ids);
      await Promise.all(lost.map((id) => reviveOne(queue, contract, id, add)));
    },
    findLost: findLostOf,
    async relay(contract, lost) {
      if (lost.size === 0) return;
      const queue = queues.open(contract);
      const revive = (id: string) => reviveOne(queue, contract, id, add);
      await Promise.all(
        [...lost].map(([id, trace]) => inTrace(telemetry, trace, () => revive(id))),
      );
      await countRelayed({ redis, queue }, lost.size, Date.now());
    },
    async hurry(contract, ids) {
      const queue = queues.open(contract);
      await Promise.all(ids.map((id) => hurryOne(queue, contract, id, add)));
    },
    async load(contract) {
      const [oldest, memory] = await Promise.all([
        oldestWaitingMs(queues.open(contract)),
        redis.info('memory'),
      ]);
      return { oldestWaitingMs: oldest, memoryShare: readMemory(memory).share };
    },
    async ping() {
      await redis.ping();
    },
    async [Symbol.asyncDispose]() {
      await queues[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

/** Whoever enqueues waits for Redis no longer than this, and never fails because of it. */
async function settleInTime(added: Promise<unknown>): Promise<EnqueueResult> {
  const { promise: late, resolve } = Promise.withResolvers<EnqueueResult>();
  const timer = setTimeout(resolve, ENQUEUE_TIMEOUT_MS, 'deferred');
  const settled = added.then(
    (): EnqueueResult => 'queued',
    (): EnqueueResult => 'deferred',
  );
  const result = await Promise.race([settled, late]);
  clearTimeout(timer);
  return result;
}

/**
 * Of these ids those whose jobs are missing or have ended. The relay looks at all that waits, so
 * this takes one round trip for all of them.
 */
async function findLost(
  redis: RedisConnection,
  queue: Queue,
  contract: QueueContract,
  ids: readonly string[],
): Promise<string[]> {
  const pipeline = redis.pipeline();
  for (const id of ids) {
    pipeline.hmget(queue.toKey(jobIdOf(contract, id)), 'timestamp', 'finishedOn');
  }
  const answers = (await pipeline.exec()) ?? [];
  return ids.filter((_, index) => {
    const [error, fields] = answers[index] ?? [];
    if (error) throw error;
    const [timestamp, finishedOn] = Array.isArray(fields) ? fields : [];
    return typeof timestamp !== 'string' || typeof finishedOn === 'string';
  });
}

async function reviveOne(
  queue: Queue,
  contract: QueueContract,
  id: string,
  add: (contract: QueueContract, id: string) => Promise<Job>,
): Promise<void> {
  const job = await queue.getJob(jobIdOf(contract, id));
  const state = job ? await job.getState() : 'missing';
  if (job && (state === 'completed' || state === 'failed')) await job.remove();
  // BullMQ ignores an id that it already has, so work that waits or runs stays as it is.
  if (state === 'missing' || state === 'unknown' || state === 'completed' || state === 'failed')
    await add(contract, id);
}

async function hurryOne(
  queue: Queue,
  contract: QueueContract,
  id: string,
  add: (contract: QueueContract, id: string) => Promise<Job>,
): Promise<void> {
  await reviveOne(queue, contract, id, add);
  const job = await queue.getJob(jobIdOf(contract, id));
  if (!(await job?.isDelayed())) return;
  // A worker may have taken it up in between: then it needs no hurry.
  await job?.promote().catch(() => undefined);
}
