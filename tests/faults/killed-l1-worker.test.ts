import { connectStore, type Store } from '@artdag/store';
import {
  type Constellation,
  type Role,
  startConstellation,
  startTcpProxy,
  type TcpProxy,
  waitFor,
} from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { get, post } from '../e2e/client.ts';
import { answerWell, type L1, startL1 } from '../l1/start-l1.ts';
import { type Account, createAccount } from './account.ts';
import { auditRuns } from './audit-runs.ts';
import type { RunWish } from './run-load.ts';

const FAR_FUTURE = new Date('9999-01-01');
const REVOKE_PATH = '/auth/revoke-user';

let parts = new AsyncDisposableStack();
let l1: L1;
/** Between the worker and MongoDB. */
let mongodb: TcpProxy;
let constellation: Constellation;
let worker: Role;
let store: Store;

beforeAll(async () => {
  await using started = new AsyncDisposableStack();
  l1 = started.use(await startL1());
  mongodb = started.use(await startTcpProxy(inject('mongodbUrl')));
  constellation = started.use(
    await startConstellation({
      mongodbUrl: inject('mongodbUrl'),
      redisUrl: inject('redisUrl'),
      l1Syncs: 1,
      l1SyncProxies: { mongodb },
      env: { L1_SERVERS: l1.url },
    }),
  );
  worker = constellation.l1Syncs[0] as Role;
  store = started.use(await connectStore(constellation.mongodbUrl));
  parts = started.move();
});
afterAll(() => parts.disposeAsync());

/** Begins each of the updates that one command makes. */
const NEXT_UPDATE = '\u0003q\0';

/** A command to MongoDB about a collection and an id, and what it says of that id. */
function command(name: string, collection: string, id: string, word = '') {
  const length = Buffer.alloc(4);
  length.writeInt32LE(collection.length + 1);
  const head = Buffer.concat([Buffer.from(`${name}\0`), length, Buffer.from(`${collection}\0`)]);
  return (piece: Buffer) => {
    const start = piece.indexOf(id);
    if (start < 0 || !piece.includes(head)) return false;
    const end = piece.indexOf(NEXT_UPDATE, start);
    return piece.subarray(start, end < 0 ? undefined : end).includes(word);
  };
}

/** Resolves once the L1 is asked, or told something, at `path`, which it never answers. */
function holdAt(path: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const hold: typeof answerWell = (response, answer) =>
    response.req.url === path ? resolve() : answer();
  l1.behave(hold);
  return promise;
}

async function killWorker(): Promise<void> {
  await worker.kill('SIGKILL');
  mongodb.pass();
  l1.behave(answerWell);
}

interface Wanted {
  readonly wish: RunWish;
  readonly runKey: string;
}

/** Where the worker dies; each resolves once it is there. What it has written by then is written. */
const STEPS: Readonly<Record<string, (wanted: Wanted) => Promise<void>>> = {
  'while the L1 is asked': ({ wish }) => holdAt(`/runs/${wish.runId}`),
  'before the answer is kept': ({ runKey }) =>
    mongodb.swallowAt(command('update', 'runs', runKey, 'readAt'), 'request'),
  'after the answer is kept': ({ runKey }) =>
    mongodb.swallowAt(command('update', 'runs', runKey, 'readAt'), 'answer'),
  'after the input is registered': ({ wish }) =>
    mongodb.swallowAt(command('insert', 'assets', `in-of-${wish.contentHash}`), 'answer'),
  'after the output is registered': ({ wish }) =>
    mongodb.swallowAt(command('insert', 'assets', wish.outputName), 'answer'),
  'after the run is settled': ({ runKey }) =>
    mongodb.swallowAt(command('update', 'runs', runKey, 'registered'), 'answer'),
  'while the L1 is told': ({ wish }) => holdAt(wish.callbackPath),
  'before it is noted that the L1 was told': ({ runKey }) =>
    mongodb.swallowAt(command('update', 'runs', runKey, 'reportedAt'), 'request'),
  'after it is noted that the L1 was told': ({ runKey }) =>
    mongodb.swallowAt(command('update', 'runs', runKey, 'reportedAt'), 'answer'),
};

function newWanted(number: number, { username }: Account): Wanted {
  const contentHash = `${number}-made-for-${username}`;
  const wish = {
    runId: `done.${contentHash}`,
    outputName: `${username}:run:${number}`,
    contentHash,
    callbackPath: `/callbacks/${number}`,
    statuses: [],
  };
  const { runId, outputName } = wish;
  const name = { owner: username, l1Server: l1.url, runId, outputName };
  return { wish, runKey: store.runs.keyOf(name) };
}

async function recordAsync({ wish }: Wanted, { token }: Account): Promise<void> {
  const response = await fetch(`${constellation.gateways[0].url}/registry/record-run`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      prefer: 'respond-async',
    },
    body: JSON.stringify({
      run_id: wish.runId,
      output_name: wish.outputName,
      callback_url: `${l1.url}${wish.callbackPath}`,
    }),
  });
  expect(response.status).toBe(202);
  wish.statuses.push(response.status);
}

test('F4, F9: a worker killed between every two steps registers each run once and tells its L1', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const account = await createAccount(constellation.gateways[0].url);
  const steps = Object.entries(STEPS).map(([step, reach], number) => {
    return { step, reach, wanted: newWanted(number, account) };
  });
  for (const { step, reach, wanted } of steps) {
    const reached = reach(wanted);
    await recordAsync(wanted, account);
    await waitFor(step, () => reached.then(() => true));
    await killWorker();
    await worker.start();
  }

  const wishes = steps.map(({ wanted }) => wanted.wish);
  const found = await auditRuns({ account, wishes, l1 }, constellation);
  // The inputs are his as well, and no wishes: the totals are counted here.
  expect(found.filter((line) => !line.startsWith('I4'))).toEqual([]);
  const { assets } = (
    await get(`${constellation.gateways[0].url}/registry?owner=${account.username}`)
  ).json;
  expect(Object.keys(assets)).toHaveLength(2 * steps.length);
  expect(await store.activities.countByActor(account.username)).toBe(2 * steps.length);

  const times = ({ runId, callbackPath }: RunWish) => ({
    asked: l1.asked.get(runId) ?? 0,
    told: l1.told.filter(({ path }) => path === callbackPath).length,
  });
  const [first, second, ...kept] = wishes.map(times);
  expect(first?.asked).toBeGreaterThanOrEqual(1);
  expect(second?.asked).toBeGreaterThanOrEqual(2);
  expect(kept.map(({ asked }) => asked)).toEqual(kept.map(() => 1));
  expect(kept.at(-2)?.told).toBeGreaterThanOrEqual(2);
});

/** Logs a user out whom the L1 has a token of; returns the id of the notice that the L1 is promised. */
async function endAccess({ token }: Account): Promise<string> {
  const url = constellation.gateways[0].url;
  const known = await openNotices();
  expect((await post(`${url}/auth/token`, { l1_server: l1.url }, token)).status).toBe(200);
  expect((await post(`${url}/auth/logout`, {}, token)).status).toBe(200);
  const [id] = (await openNotices()).filter((notice) => !known.includes(notice));
  return id ?? expect.unreachable('no notice');
}

const openNotices = () => store.l1Notices.outbox.due('notify-l1', FAR_FUTURE, 10);

test('a worker killed between the steps of notify-l1 tells the L1 of each user all the same', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const settling = (id: string) => command('update', 'tokens', id);
  const deaths: ((id: string) => Promise<void>)[] = [
    () => holdAt(REVOKE_PATH),
    (id) => mongodb.swallowAt(settling(id), 'request'),
    (id) => mongodb.swallowAt(settling(id), 'answer'),
  ];
  const accounts: Account[] = [];
  await killWorker();
  for (const reach of deaths) {
    const account = await createAccount(constellation.gateways[0].url);
    accounts.push(account);
    const reached = reach(await endAccess(account));
    // It may be there before it is ready, and without its database it never is.
    const started = worker.start().catch(() => undefined);
    await waitFor('the worker is there', () => reached.then(() => true));
    await killWorker();
    await started;
  }
  await worker.start();
  await waitFor('every L1 was told', async () => (await openNotices()).length === 0, 40_000);

  const told = l1.told.filter(({ path }) => path === REVOKE_PATH).map(({ body }) => body);
  const expected = accounts.map(({ username }) => JSON.stringify({ username }));
  expect(new Set(told)).toEqual(new Set(expected));
  const times = expected.map((body) => told.filter((one) => one === body).length);
  expect(times[1], String(times)).toBeGreaterThanOrEqual(2);
  expect(await store.failures.groups()).toEqual([]);
});
