import { AppError } from '@artdag/errors';
import { type Job, UnrecoverableError } from 'bullmq';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKeys } from './contracts/create-keys.ts';
import { type JobHandler, notePutOff, runJob } from './run-job.ts';

type Handler = JobHandler<typeof createKeys.schema>;

const outage = new Error('store away');
const isOutage = (error: unknown) => error === outage;

afterEach(() => vi.useRealTimers());

function createHandler(process: Handler['process'], crashes = 0) {
  const setAside = vi.fn(async () => undefined);
  const countCrash = vi.fn(async () => crashes);
  const outbox = {
    countCrash,
  };
  const handler: Handler = { contract: createKeys, outbox, process, setAside };
  return { handler, setAside, countCrash };
}

function jobWith(state: Partial<Pick<Job, 'data' | 'attemptsMade' | 'stalledCounter'>> = {}): Job {
  const job = { data: { username: 'giles' }, attemptsMade: 0, stalledCounter: 0, ...state };
  return job as Partial<Job> as Job;
}

const lastTry = jobWith({ attemptsMade: createKeys.attempts - 1 });

test('hands the payload to the handler', async () => {
  const process = vi.fn(async () => undefined);
  const { handler, setAside, countCrash } = createHandler(process);
  await runJob(jobWith(), handler, isOutage);
  expect(process).toHaveBeenCalledExactlyOnceWith({ username: 'giles' }, expect.any(AbortSignal));
  expect(setAside).not.toHaveBeenCalled();
  expect(countCrash).not.toHaveBeenCalled();
});

test('gives a wrong payload up without running it', async () => {
  const process = vi.fn(async () => undefined);
  const { handler, setAside } = createHandler(process);
  const run = runJob(jobWith({ data: { username: '../x' } }), handler, isOutage);
  await expect(run).rejects.toBeInstanceOf(UnrecoverableError);
  expect(process).not.toHaveBeenCalled();
  expect(setAside).not.toHaveBeenCalled();
});

describe('a failure', () => {
  test('is tried again while tries are left', async () => {
    const { handler, setAside } = createHandler(async () => {
      throw new Error('odd');
    });
    await expect(runJob(jobWith(), handler, isOutage)).rejects.toThrow('odd');
    expect(setAside).not.toHaveBeenCalled();
  });

  test('is set aside at the last try, without what it said inside', async () => {
    const { handler, setAside } = createHandler(async () => {
      throw new Error('connect 10.0.0.5');
    });
    await expect(runJob(lastTry, handler, isOutage)).rejects.toBeInstanceOf(UnrecoverableError);
    expect(setAside).toHaveBeenCalledExactlyOnceWith(
      { username: 'giles' },
      'internal: unexpected failure',
    );
  });

  test('that no try can mend is set aside at once', async () => {
    const { handler, setAside } = createHandler(async () => {
      throw new AppError('key-unusable', 'The key is no RSA key.');
    });
    await expect(runJob(jobWith(), handler, isOutage)).rejects.toBeInstanceOf(UnrecoverableError);
    expect(setAside).toHaveBeenCalledExactlyOnceWith(
      { username: 'giles' },
      'key-unusable: The key is no RSA key.',
    );
  });
});

test('an outage never sets work aside, not even at the last try', async () => {
  const { handler, setAside } = createHandler(async () => {
    throw outage;
  });
  await expect(runJob(lastTry, handler, isOutage)).rejects.toBe(outage);
  expect(setAside).not.toHaveBeenCalled();
});

describe('work in which the process died', () => {
  const stalled = jobWith({ stalledCounter: 1 });

  test('is tried again up to the limit', async () => {
    const process = vi.fn(async () => undefined);
    const { handler, countCrash } = createHandler(process, createKeys.maxCrashes);
    await runJob(stalled, handler, isOutage);
    expect(countCrash).toHaveBeenCalledExactlyOnceWith('create-keys', 'giles');
    expect(process).toHaveBeenCalledOnce();
  });

  test('is set aside as poison beyond it', async () => {
    const process = vi.fn(async () => undefined);
    const { handler, setAside } = createHandler(process, createKeys.maxCrashes + 1);
    await expect(runJob(stalled, handler, isOutage)).rejects.toBeInstanceOf(UnrecoverableError);
    expect(process).not.toHaveBeenCalled();
    expect(setAside).toHaveBeenCalledOnce();
  });
});

test('a job that runs too long is told to stop and fails', async () => {
  vi.useFakeTimers();
  let told: AbortSignal | undefined;
  const { handler, setAside } = createHandler((_, signal) => {
    told = signal;
    return new Promise(() => undefined);
  });
  const run = expect(runJob(jobWith(), handler, isOutage)).rejects.toThrow('20000 ms');
  await vi.advanceTimersByTimeAsync(createKeys.timeoutMs);
  await run;
  expect(told?.aborted).toBe(true);
  expect(setAside).not.toHaveBeenCalled();
});

test('one death does not count again at each run of a job that is put off many times', async () => {
  const job = jobWith({ stalledCounter: 1 });
  job.updateData = async (data) => {
    job.data = data;
  };
  const { handler, countCrash } = createHandler(async () => undefined, 1);
  for (let run = 0; run < 20; run += 1) {
    await runJob(job, handler, isOutage);
    await notePutOff(job, new Date(0));
  }
  expect(countCrash).toHaveBeenCalledOnce();
  await runJob(Object.assign(job, { stalledCounter: 2 }), handler, isOutage);
  expect(countCrash).toHaveBeenCalledTimes(2);
});
