import { isAppError } from '@artdag/errors';
import { type JobHandler, type JobOutcome, recordRun, reportRun } from '@artdag/queues';
import { counterIn } from '@artdag/runtime';
import type { Run, RunProblem } from '@artdag/store';
import type { L1SyncContext } from '../context.ts';
import { waitBeforeNextTry } from '../retry-policy.ts';
import { askForRun, type RunState } from './ask-for-run.ts';
import { registerRun } from './register-run.ts';

/** Handles the queue `record-run`. */
export function recordRunHandler(context: L1SyncContext): JobHandler<typeof recordRun.schema> {
  const { store, now } = context;
  const reads = counterIn(context.metrics, 'artdag_l1_reads_total');
  return {
    contract: recordRun,
    outbox: store.runs.outbox,
    async process({ runKey }) {
      const run = await store.runs.find(runKey);
      if (run?.state !== 'requested') return undefined;
      if (run.nextAt > now()) return { againAt: run.nextAt };
      return run.result
        ? finish(run, context)
        : ask(run, context, (outcome) => reads.inc({ outcome }));
    },
    async setAside({ runKey }, reason) {
      const run = await store.runs.find(runKey);
      if (run) await end(run, { code: 'internal', detail: reason, at: now() }, context, true);
    },
  };
}

async function ask(
  run: Run,
  context: L1SyncContext,
  count: (outcome: RunState['kind']) => void,
): Promise<JobOutcome> {
  const passage = await context.gate.enter(run.l1Server);
  if (passage.kind !== 'go') {
    const { kind, until } = passage;
    return kind === 'busy' ? { againAt: until } : leaveAlone(run, until, context);
  }
  const asked = await askForRun(run, context);
  await passage.release(asked.shown);
  count(asked.state.kind);
  switch (asked.state.kind) {
    case 'finished': {
      const result = { ...asked.state.result, readAt: context.now() };
      await context.store.runs.keepResult(run.runKey, result);
      const kept = await context.store.runs.find(run.runKey);
      return kept?.state === 'requested' ? finish(kept, context) : undefined;
    }
    case 'unknown':
    case 'failed':
      return end(run, asked.state.problem, context);
    case 'unfinished':
    case 'unusable':
    case 'slow':
      return tryLater(run, asked.state.problem, context);
  }
}

/** Registers what the run has made. It may run twice: the first claim stays. */
async function finish(run: Run, context: L1SyncContext): Promise<JobOutcome> {
  try {
    const { activityId } = await registerRun(run, context);
    await context.store.runs.settle(run, activityId, context.now());
    await announceEnd(run, context);
    return undefined;
  } catch (error) {
    if (!isAppError(error) || error.entry.retry) throw error;
    return end(run, { code: error.code, detail: error.message, at: context.now() }, context);
  }
}

/** Nobody was asked, so it costs no try. */
async function leaveAlone(
  run: Run,
  until: Date,
  { store, now }: L1SyncContext,
): Promise<JobOutcome> {
  const detail = `The L1 ${run.host} does not answer and is left alone for a moment.`;
  const problem = run.problem ?? { code: 'l1-unusable', detail, at: now() };
  await store.runs.noteTry(run.runKey, { attempts: run.attempts, problem, nextAt: until });
  return { againAt: until };
}

async function tryLater(
  run: Run,
  problem: RunProblem,
  context: L1SyncContext,
): Promise<JobOutcome> {
  const { store, now, random, patienceMs } = context;
  const attempts = run.attempts + 1;
  const nextAt = new Date(now().getTime() + waitBeforeNextTry(attempts, random()));
  if (nextAt.getTime() - run.requestedAt.getTime() > patienceMs)
    return end(run, problem, context, problem.code !== 'run-unfinished');
  await store.runs.noteTry(run.runKey, { attempts, problem, nextAt });
  return { againAt: nextAt };
}

async function end(
  run: Run,
  problem: RunProblem,
  context: L1SyncContext,
  isForOperators = false,
): Promise<undefined> {
  await context.store.runs.fail(run, problem, isForOperators);
  await announceEnd(run, context);
}

async function announceEnd({ runKey, callbackUrl }: Run, { producer }: L1SyncContext) {
  if (callbackUrl !== undefined) await producer.enqueue(reportRun, runKey);
}
