import { redisCommand } from './process-redis-command.ts';

/** A queue with one job, which many more are to be like. Keys are those of BullMQ. */
export interface DelayedCopies {
  readonly redisUrl: string;
  /** Key of the queue, to which the id of a job is added. */
  readonly queueKey: string;
  /** Id of the job that is copied. */
  readonly jobId: string;
  readonly count: number;
}

const COPY = `
  local fields = redis.call('HGETALL', KEYS[1])
  local time = redis.call('TIME')
  for index = tonumber(ARGV[2]), tonumber(ARGV[3]) do
    redis.call('HSET', ARGV[1] .. 'job' .. index, unpack(fields))
    redis.call('ZADD', KEYS[2], (time[1] + 3600 + index) * 1000 * 4096, 'job' .. index)
  end`;

/** While a script runs, Redis answers nobody else. */
const AT_ONCE = 2000;

/** Copies one job as delayed ones, which no worker is there to make: adding each takes far longer. */
export async function delayCopies(copies: DelayedCopies): Promise<void> {
  const { redisUrl, queueKey, jobId, count } = copies;
  const keys = ['2', `${queueKey}${jobId}`, `${queueKey}delayed`];
  for (let first = 1; first <= count; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE - 1, count);
    await redisCommand(redisUrl, 'EVAL', COPY, ...keys, queueKey, String(first), String(last));
  }
}
