import { randomUUIDv7 } from 'node:crypto';
import { AppError, type ErrorCode, errorCatalog } from '@artdag/errors';
import { recordRun as recordRunContract } from '@artdag/queues';
import { admitAsset, type RegisteredAsset } from '@artdag/registry';
import type { Run, RunProblem, SignedActivity } from '@artdag/store';
import { findL1 } from '../auth/find-l1.ts';
import type { GatewayContext } from '../context.ts';
import type { Principal } from '../plugins/authentication.ts';
import { awaitSignature } from './await-signature.ts';

type Context = Pick<GatewayContext, 'config' | 'store' | 'producer' | 'completions' | 'now'>;

/** A wish to register what a run has made, and how long its answer may wait. */
export interface RunWish {
  readonly principal: Principal;
  readonly runId: string;
  readonly outputName: string;
  /** The first configured one where nothing is said. */
  readonly l1Server: string | undefined;
  readonly callbackUrl: string | undefined;
  readonly waitMs: number;
  /** Has the last word, once the wish is admitted and before anything is written. */
  beforeWrite?(): Promise<void>;
}

/** Where a run stands, with what came of it. */
export interface RunStanding {
  readonly run: Run;
  /** Both are there once the output is registered; the activity once it is signed. */
  readonly asset: RegisteredAsset | undefined;
  readonly activity: SignedActivity | undefined;
}

const POLL_MS = 500;

/**
 * Registers what a run has made, once, however often and by however many it is asked for: one write
 * carries the wish, and L1-sync fulfils it.
 *
 * @throws AppError `validation-failed`, `forbidden`; why it cannot be registered, or not yet, where the
 *   caller waits.
 */
export async function recordRun(wish: RunWish, context: Context): Promise<RunStanding> {
  const deadline = performance.now() + wish.waitMs;
  const l1Server = admitL1(wish, context);
  admitOutputName(wish.outputName);
  admitCallback(wish.callbackUrl, l1Server);
  await wish.beforeWrite?.();
  const runKey = await promiseRun(wish, l1Server, context);
  const run = await awaitEnd(runKey, deadline, context);
  if (run.state === 'failed' || (wish.waitMs > 0 && run.state === 'requested' && run.problem)) {
    throw errorOf(run, context);
  }
  return readStanding(run, deadline - performance.now(), context);
}

/** What came of a run so far; waits for the signature of its claim, `waitMs` at most. */
export async function readStanding(
  run: Run,
  waitMs: number,
  context: Context,
): Promise<RunStanding> {
  if (run.state !== 'registered') return { run, asset: undefined, activity: undefined };
  const { store } = context;
  // One after the other: a claim that is signed between two reads at once would be missed by both.
  const asset = await store.assets.find(run.outputName);
  const signed = await store.activities.find(run.activityId);
  const mayCome = !signed && asset?.state === 'pending' && waitMs > 0;
  const activity = mayCome ? await awaitSignature(run.activityId, waitMs, context) : signed;
  return {
    run,
    asset: asset && activity ? { ...asset, state: signedState(asset) } : asset,
    activity,
  };
}

const signedState = ({ state }: RegisteredAsset) => (state === 'pending' ? 'signed' : state);

function admitL1({ principal, l1Server }: RunWish, { config }: Context): string {
  const { l1Server: scope } = principal.token;
  const wanted = l1Server ?? scope ?? config.l1Servers[0] ?? '';
  const found = findL1(wanted, config);
  if (scope === undefined || findL1(scope, config) === found) return found;
  throw new AppError('forbidden', 'The token is for another L1.');
}

function admitOutputName(name: string): void {
  const rest = { contentHash: 'unknown', assetType: 'unknown', tags: [], metadata: '{}' };
  const [fault] = admitAsset({ name, ...rest });
  if (!fault) return;
  const faults = [{ pointer: '/output_name', message: fault.message }];
  throw new AppError('validation-failed', `body/output_name ${fault.message}`, { faults });
}

function admitCallback(callbackUrl: string | undefined, l1Server: string): void {
  if (callbackUrl === undefined) return;
  const url = URL.parse(callbackUrl);
  if (url?.origin === new URL(l1Server).origin && !url.username && !url.password) return;
  const message = 'must be a URL on the origin of the L1';
  const faults = [{ pointer: '/callback_url', message }];
  throw new AppError('validation-failed', `body/callback_url ${message}`, { faults });
}

/** A wish that has failed is promised again: the run, or the name, may be another by now. */
async function promiseRun(wish: RunWish, l1Server: string, context: Context): Promise<string> {
  const { store, producer, now } = context;
  const { runId, outputName, callbackUrl } = wish;
  const run = {
    owner: wish.principal.username,
    l1Server,
    runId,
    outputName,
    activityId: randomUUIDv7(),
    requestedAt: now(),
    ...(callbackUrl !== undefined && { callbackUrl }),
  };
  const runKey = store.runs.keyOf(run);
  const isNew = (await store.runs.insert(run)) === 'inserted';
  if (isNew || (await store.runs.restart(runKey, now()))) {
    await producer.revive(recordRunContract, [runKey]).catch(() => undefined);
  }
  return runKey;
}

async function awaitEnd(runKey: string, deadline: number, context: Context): Promise<Run> {
  const { store, completions } = context;
  for (;;) {
    const left = deadline - performance.now();
    const ended = left > 0 ? completions.recordRun.wait(runKey, Math.min(left, POLL_MS)) : false;
    const run = await store.runs.find(runKey);
    if (!run) throw new AppError('unavailable', 'The wish was there and cannot be read.');
    if (run.state !== 'requested' || left <= 0) return run;
    await ended;
  }
}

function errorOf({ problem, state, nextAt }: Run, { now }: Context): AppError {
  const code = isErrorCode(problem) ? problem.code : 'internal';
  const detail = problem?.detail ?? 'The run could not be registered.';
  const seconds = Math.max(1, Math.ceil((nextAt.getTime() - now().getTime()) / 1000));
  return new AppError(code, detail, state === 'requested' ? { retryAfter: seconds } : {});
}

function isErrorCode(
  problem: RunProblem | undefined,
): problem is RunProblem & { readonly code: ErrorCode } {
  return problem !== undefined && Object.hasOwn(errorCatalog, problem.code);
}
