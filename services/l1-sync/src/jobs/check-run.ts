import { checkRun, type JobHandler, type JobOutcome } from '@artdag/queues';
import { isCheckDue, noteFinding, type RunFinding } from '@artdag/registry';
import { counterIn } from '@artdag/runtime';
import type { Run, RunResult } from '@artdag/store';
import type { L1SyncContext } from '../context.ts';
import { askForRun, type RunState } from './ask-for-run.ts';

type RegisteredRun = Run & { readonly result: RunResult };

/** Handles the queue `check-run`: what an L1 says now is compared with what was registered. */
export function checkRunHandler(context: L1SyncContext): JobHandler<typeof checkRun.schema> {
  const { store, now } = context;
  const reads = counterIn(context.metrics, 'artdag_l1_reads_total');
  return {
    contract: checkRun,
    async process({ runKey }) {
      const run = await store.runs.find(runKey);
      if (!isRegistered(run) || !isDue(run, now())) return undefined;
      return check(run, context, (outcome) => reads.inc({ outcome }));
    },
    // The next who looks asks for it again.
    setAside: async () => undefined,
  };
}

function isRegistered(run: Run | undefined): run is RegisteredRun {
  return run?.state === 'registered' && run.result !== undefined;
}

const isDue = ({ result, check: earlier }: RegisteredRun, now: Date) =>
  isCheckDue({ readAt: result.readAt, check: earlier }, now);

async function check(
  run: RegisteredRun,
  context: L1SyncContext,
  count: (outcome: RunState['kind']) => void,
): Promise<JobOutcome> {
  const passage = await context.gate.enter(run.l1Server);
  if (passage.kind !== 'go')
    return passage.kind === 'busy' ? { againAt: passage.until } : note(run, 'silent', context);
  const { state, shown } = await askForRun(run, context);
  await passage.release(shown);
  count(state.kind);
  return note(run, compare(run.result, state), context);
}

async function note(
  { runKey, check: earlier }: RegisteredRun,
  finding: RunFinding,
  { store, now }: L1SyncContext,
): Promise<undefined> {
  await store.runs.noteCheck(runKey, noteFinding(earlier, finding, now()));
}

function compare(registered: RunResult, state: RunState): RunFinding {
  switch (state.kind) {
    case 'finished':
      return isSame(registered, state.result) ? 'same' : 'changed';
    case 'failed':
    case 'unfinished':
      return 'changed';
    case 'unknown':
      return 'unknown';
    case 'unusable':
    case 'slow':
      return 'silent';
  }
}

/** What it made, of what, and how: all else, such as where its files are, may change. */
function isSame(one: RunResult, other: Omit<RunResult, 'readAt'>): boolean {
  const inputsOf = ({ inputs }: Pick<RunResult, 'inputs'>) =>
    inputs
      .map(({ contentHash }) => contentHash)
      .toSorted()
      .join('\n');
  return (
    one.outputHash === other.outputHash &&
    one.recipe === other.recipe &&
    inputsOf(one) === inputsOf(other)
  );
}
