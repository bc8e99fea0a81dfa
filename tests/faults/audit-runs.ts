import { connectStore, type Run, type Store } from '@artdag/store';
import { type Constellation, waitFor } from '@artdag/testing';
import { auditRegistrations } from './audit-registrations.ts';
import type { Registration } from './register.ts';
import type { RunLoad, RunWish } from './run-load.ts';

type Ledger = Pick<RunLoad, 'account' | 'wishes' | 'l1'>;

/** What an L1 was told of the end of a run. */
interface Callback {
  readonly job: string;
  readonly run_id: string;
  readonly output_name: string;
  readonly state: string;
  readonly content_hash?: string;
  readonly activity?: string;
  readonly code?: string;
}

const FAR_FUTURE = new Date('9999-01-01');
/** An L1 that was ill is left alone for half a minute, then a worker that died may hold its probe. */
const SETTLE_MS = 180_000;

/**
 * Waits until every wish has ended and its L1 has heard so, then holds what L1s were told, in answers
 * and callbacks, against what is stored and served. Each broken invariant is one line.
 */
export async function auditRuns(
  { account, wishes, l1 }: Ledger,
  constellation: Pick<Constellation, 'mongodbUrl' | 'gateways'>,
): Promise<string[]> {
  await using store = await connectStore(constellation.mongodbUrl);
  await waitUntilEnded(store);
  const callbacks = Map.groupBy(l1.told, ({ path }) => path);
  const histories = await Promise.all(
    wishes.map(async (wish): Promise<History> => {
      const { runId, outputName } = wish;
      const name = { owner: account.username, l1Server: l1.url, runId, outputName };
      const told = (callbacks.get(wish.callbackPath) ?? []).map(({ body }) => body);
      return { wish, told, run: await store.runs.find(store.runs.keyOf(name)) };
    }),
  );
  const wanted = histories.filter(({ wish }) => wish.contentHash !== undefined);
  const unknown = histories.filter(({ wish }) => wish.contentHash === undefined);
  const registrations = wanted.map(asRegistration);
  return [
    ...histories.flatMap(auditAnswers),
    ...histories.flatMap(auditCallbacks),
    ...wanted.flatMap(auditEffect),
    ...unknown.flatMap(auditRefusal),
    ...(await auditRegistrations(
      { account, registrations, refusals: unknown.map(asRegistration) },
      constellation,
    )),
  ];
}

/** How many callbacks were more than the one that each wish needs. */
export function countRepeatedCallbacks({ l1 }: Pick<RunLoad, 'l1'>): number {
  return l1.told.length - new Set(l1.told.map(({ path }) => path)).size;
}

/** A wish, how it ended, and the callbacks about it as they came. */
interface History {
  readonly wish: RunWish;
  readonly run: Run | undefined;
  readonly told: readonly string[];
}

async function waitUntilEnded({ runs }: Pick<Store, 'runs'>): Promise<void> {
  for (const kind of ['record-run', 'report-run']) {
    await waitFor(
      `no promise of ${kind} is open`,
      async () => (await runs.outbox.due(kind, FAR_FUTURE, 1)).length === 0,
      SETTLE_MS,
    );
  }
}

/** What became of it, in the words of a registration: its one Create is the one of the callback. */
function asRegistration({ wish, run, told }: History): Registration {
  const activityIri = told.map(parse).at(-1)?.activity;
  return {
    name: wish.outputName,
    contentHash: wish.contentHash ?? '',
    attempts: [],
    status: run?.state === 'failed' ? 404 : (wish.statuses.at(-1) ?? 'lost'),
    ...(activityIri !== undefined && { activityIri }),
  };
}

/** Every client was answered in the end, by a 202 or by what has come of the run already. */
function auditAnswers({ wish: { outputName, contentHash, statuses } }: History): string[] {
  const expected = contentHash === undefined ? [202, 404] : [200, 202];
  return statuses
    .filter((status) => status !== 503 && status !== 'lost' && !expected.includes(status))
    .map((status) => `${outputName}: answered with ${status}`);
}

/** I1 and I3: the L1 has heard of the end at least once, and the same each time. */
function auditCallbacks({ wish, run, told }: History): string[] {
  const { outputName, runId } = wish;
  const [first] = told;
  if (first === undefined) return [`I1 ${outputName}: no callback`];
  if (new Set(told).size > 1)
    return [`I3 ${outputName}: ${new Set(told).size} different callbacks`];
  const { job, run_id, output_name, state } = parse(first);
  const isAboutIt = job === run?.runKey && run_id === runId && output_name === outputName;
  return isAboutIt && state === run?.state ? [] : [`I1 ${outputName}: the callback says ${first}`];
}

/** I1: an accepted wish ends with its output registered. */
function auditEffect({ wish: { outputName }, run }: History): string[] {
  if (run?.state === 'registered') return [];
  const state = run ? `${run.state}, ${run.problem?.code}` : 'not stored';
  return [`I1 ${outputName}: accepted, and ${state}`];
}

/** I7: a run that its L1 does not know ends with that, and registers nothing. */
function auditRefusal({ wish: { outputName }, run }: History): string[] {
  if (run?.state === 'failed' && run.problem?.code === 'not-found') return [];
  return [`I7 ${outputName}: the L1 knows no such run, and it is ${run?.state ?? 'not stored'}`];
}

function parse(body: string): Callback {
  return JSON.parse(body) as Callback;
}
