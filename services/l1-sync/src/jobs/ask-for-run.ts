import type { ErrorCode } from '@artdag/errors';
import type { Run, RunProblem } from '@artdag/store';
import type { L1SyncContext } from '../context.ts';
import type { L1Answer } from '../l1-client/l1-client.ts';
import type { AskResult } from '../l1-client/l1-gate.ts';
import { type RunReading, readRun } from '../run-mapping/read-run.ts';

/** Where a run stands, by its L1. */
export type RunState =
  | Extract<RunReading, { kind: 'finished' }>
  | {
      readonly kind: 'unknown' | 'unfinished' | 'failed' | 'unusable' | 'slow';
      readonly problem: RunProblem;
    };

type StandingKind = Exclude<RunState['kind'], 'finished'>;

const CODES: Readonly<Record<StandingKind, ErrorCode>> = {
  unknown: 'not-found',
  unfinished: 'run-unfinished',
  failed: 'run-failed',
  unusable: 'l1-unusable',
  slow: 'l1-slow',
};

/** Asks the L1 of a run how that stands, and tells what the asking has shown of the L1. */
export async function askForRun(
  { l1Server, host, runId }: Run,
  { l1, now }: Pick<L1SyncContext, 'l1' | 'now'>,
): Promise<{ state: RunState; shown: AskResult }> {
  const answer = await l1.readRun(l1Server, runId);
  const standing = (kind: StandingKind, detail: string): RunState => ({
    kind,
    problem: { code: CODES[kind], detail, at: now() },
  });
  return { state: stateOf(answer), shown: shownBy(answer) };

  function stateOf(told: L1Answer): RunState {
    switch (told.kind) {
      case 'document':
        return stateOfReading(readRun(told.text, { l1Server, runId }));
      case 'unknown-run':
        return standing('unknown', `The L1 ${host} knows no such run.`);
      case 'slow':
        return standing('slow', `The L1 ${host} did not answer in time.`);
      case 'unusable':
        return standing('unusable', `The L1 ${host} gave no usable answer: ${told.detail}.`);
    }
  }

  function stateOfReading(reading: RunReading): RunState {
    switch (reading.kind) {
      case 'finished':
        return reading;
      case 'unfinished':
        return standing('unfinished', `The L1 ${host} says of the run: ${reading.status}.`);
      case 'failed':
        return standing('failed', reading.detail);
      case 'unusable':
        return standing('unusable', `The L1 ${host} gave no usable answer: ${reading.detail}.`);
    }
  }
}

function shownBy(answer: L1Answer): AskResult {
  if (answer.kind === 'slow') return { isReachable: false, error: answer.detail };
  if (answer.kind !== 'unusable') return { isReachable: true };
  return { isReachable: answer.isReachable, error: answer.detail };
}
