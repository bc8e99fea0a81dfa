import { createPublicKey } from 'node:crypto';
import { checkHttpSignature, readHttpSignature, verifyHttpSignature } from '@artdag/signatures';
import { type Constellation, freePort, startConstellation, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';
import { type L1Process, startL1Process } from './l1-process.ts';
import { recordSlowRun, type SlowRun } from './record-slow-run.ts';
import { runShapes } from './run-shapes.ts';

const TIMEOUT_S = 1.5;
const WAIT_S = 4;

let parts = new AsyncDisposableStack();
let l1: L1Process;
/** Base URLs: one L1 that works, one that misbehaves, and one that does not listen. */
let l1Url: string;
let illUrl: string;
let deadUrl: string;
let constellation: Constellation;
let url: string;
let token: string;
/** Half a minute of waiting, beside the other tests. */
let slowRun: Promise<SlowRun>;

beforeAll(async () => {
  const stores = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  slowRun = recordSlowRun(stores);
  slowRun.catch(() => undefined);
  await using started = new AsyncDisposableStack();
  l1 = started.use(await startL1Process());
  l1Url = l1.url;
  illUrl = started.use(await startL1Process()).url;
  deadUrl = `http://127.0.0.1:${await freePort()}`;
  constellation = started.use(
    await startConstellation({
      ...stores,
      gateways: 2,
      l1Syncs: 1,
      env: {
        L1_SERVERS: [l1Url, illUrl, deadUrl].join(),
        ARTDAG_L1_TIMEOUT_SECONDS: String(TIMEOUT_S),
        ARTDAG_RECORD_RUN_WAIT_SECONDS: String(WAIT_S),
      },
    }),
  );
  url = constellation.gateways[0].url;
  token = await signUp(url, 'ada');
  parts = started.move();
});
afterAll(() => parts.disposeAsync());

interface Wish {
  readonly run_id: string;
  readonly output_name: string;
  readonly l1_server?: string;
  readonly callback_url?: string;
}

const record = (wish: Wish, at = url) => post(`${at}/registry/record-run`, wish, token);

async function recordAsync(wish: Wish) {
  const response = await fetch(`${url}/registry/record-run`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      prefer: 'respond-async',
    },
    body: JSON.stringify(wish),
  });
  return { status: response.status, location: response.headers.get('location') ?? '' };
}

async function status(location: string) {
  const { pathname } = new URL(location);
  return (await get(`${url}${pathname}`, { authorization: `Bearer ${token}` })).json;
}

const hears = (at: string) =>
  waitFor(`the L1 hears of ${at}`, async () =>
    (await l1.news()).told.find(({ path }) => path === at),
  );

describe('a finished run', () => {
  test.each(Object.keys(runShapes))('in the form %s is registered and signed', async (shape) => {
    onTestFailed(() => console.error(constellation.logs()));
    const answer = await record({ run_id: `shape.${shape}`, output_name: `work ${shape}` });
    expect(answer).toMatchObject({ status: 200 });
    const { asset, activity } = answer.json;
    expect(asset).toMatchObject({ content_hash: `made-${shape}`, owner: 'ada', state: 'signed' });
    expect(activity.object.metadata.provenance).toMatchObject({
      run_id: `shape.${shape}`,
      l1_server: l1Url,
      output: { content_hash: `made-${shape}` },
    });
  });

  test('keeps the form of what the L1 said, and names its inputs once', async () => {
    const { text } = await get(`${url}/registry/${encodeURIComponent('work output-hash')}`);
    expect(text).toContain('"fps":30.0');
    const big = await get(`${url}/registry/${encodeURIComponent('work provenance-output')}`);
    expect(big.text).toContain('9007199254740993');
    const { assets } = (await get(`${url}/registry?type=input`)).json;
    expect(Object.keys(assets).toSorted()).toEqual(
      ['in-a', 'in-b', 'in-c', 'in-d'].map((hash) => `input-${hash}`),
    );
  });
});

test('100 concurrent and repeated calls for 10 runs make 10 assets and 10 activities', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const calls = Array.from({ length: 100 }, (_, index) => {
    const wish = { run_id: `done.batch-${index % 10}`, output_name: `batch ${index % 10}` };
    return record(wish, constellation.gateways[index % 2]?.url);
  });
  const answers = await Promise.all(calls);
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ json }) => json.activity.id)).size).toBe(10);
  const { assets } = (await get(`${url}/registry?owner=ada&q=batch`)).json;
  const outputs = Object.keys(assets).filter((name) => name.startsWith('batch '));
  expect(outputs.length).toBe(10);
  expect((await l1.news()).asked).toMatchObject({ 'done.batch-0': 1 });
});

describe.concurrent('an L1 that has nothing to register', () => {
  test.each([
    ['missing', 404, 'not-found'],
    ['failed', 422, 'run-failed'],
    ['empty', 422, 'run-failed'],
    ['unfinished', 409, 'run-unfinished'],
    ['slow', 504, 'l1-slow'],
    ['endless', 504, 'l1-slow'],
    ['error', 502, 'l1-unusable'],
    ['garbage', 502, 'l1-unusable'],
    ['page', 502, 'l1-unusable'],
    ['large', 502, 'l1-unusable'],
    ['elsewhere', 502, 'l1-unusable'],
  ])('%s: the caller hears %i', async (run, code, problem) => {
    const answer = await record({ run_id: run, output_name: `none ${run}`, l1_server: illUrl });
    expect(answer.json).toMatchObject({ status: code, code: problem, detail: expect.any(String) });
    expect((await get(`${url}/registry/${encodeURIComponent(`none ${run}`)}`)).status).toBe(404);
  });

  test('does not listen: the caller hears 502, and other L1s are not held up', async () => {
    const dead = record({ run_id: 'any', output_name: 'dead', l1_server: deadUrl });
    const alive = await record({ run_id: 'done.alive', output_name: 'alive', l1_server: l1Url });
    expect(alive.status).toBe(200);
    expect((await dead).json).toMatchObject({ status: 502, code: 'l1-unusable' });
  });
});

test('a run that is not finished yet is asked for until it is', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const { status: code, location } = await recordAsync({
    run_id: 'later.3.late-hash',
    output_name: 'late',
  });
  expect(code).toBe(202);
  const done = await waitFor('the end', async () => {
    const shown = await status(location);
    return shown.state === 'registered' && shown.activity !== null && shown;
  });
  expect(done).toMatchObject({ attempts: 2, asset: { content_hash: 'late-hash' }, problem: null });
});

test('an L1 that asks for it is told of the end, signed by the owner of the work', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const callback_url = `${l1Url}/callbacks/7`;
  const wish = { run_id: 'done.called', output_name: 'called', callback_url };
  expect((await record(wish)).status).toBe(200);
  const told = await hears('/callbacks/7');
  expect(JSON.parse(told.body)).toMatchObject({ run_id: 'done.called', state: 'registered' });
  const head = { method: 'POST', target: '/callbacks/7', origin: l1Url, headers: told.headers };
  const read = readHttpSignature(head);
  if (!read.ok) throw new Error('unsigned');
  const actor = (await get(`${url}/users/ada`)).json;
  const body = Buffer.from(told.body);
  expect(checkHttpSignature(head, read.signature, { body, now: new Date() })).toBeUndefined();
  const key = createPublicKey(actor.publicKey.publicKeyPem);
  expect(verifyHttpSignature(read.signature, key)).toMatchObject({ ok: true });
});

test.each([
  [{ run_id: 'a/b', output_name: 'x' }, 422],
  [{ run_id: '..', output_name: 'x' }, 422],
  [{ run_id: 'a?b', output_name: 'x' }, 422],
  [{ run_id: 'x'.repeat(129), output_name: 'x' }, 422],
  [{ run_id: 'r', output_name: ' x' }, 422],
  [{ run_id: { $gt: '' }, output_name: 'x' }, 422],
  [{ run_id: 'r', output_name: 'x', l1_server: 'http://169.254.169.254' }, 403],
  [{ run_id: 'r', output_name: 'x', callback_url: 'http://127.0.0.1:1/elsewhere' }, 422],
])('%j is refused', async (wish, code) => {
  const answer = await post(`${url}/registry/record-run`, wish, token);
  expect(answer.status).toBe(code);
  expect(answer.json.detail).toEqual(expect.any(String));
});

test('a caller whose wait is over hears 202, and finds the end by the status', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const [signer] = constellation.signers;
  const wish = { run_id: 'done.unsigned', output_name: 'unsigned' };
  process.kill(signer.pid(), 'SIGSTOP');
  const answer = await record(wish).finally(() => process.kill(signer.pid(), 'SIGCONT'));
  expect(answer).toMatchObject({ status: 202, json: { state: 'registered', activity: null } });
  const location = `${url}/registry/record-run/${answer.json.job}`;
  await waitFor('the signature', async () => (await status(location)).activity !== null);
  expect((await record(wish)).status).toBe(200);
});

test('a token for one L1 registers its runs and no others, and the L1 hears of its end', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const session = await signUp(url, 'bert');
  const other = constellation.gateways[1]?.url ?? url;
  const { access_token: scoped } = (await post(`${url}/auth/token`, { l1_server: l1Url }, session))
    .json;
  const wish = { run_id: 'done.of-bert', output_name: 'of bert' };
  expect((await post(`${other}/registry/record-run`, wish, scoped)).status).toBe(200);
  const elsewhere = { ...wish, output_name: 'elsewhere', l1_server: illUrl };
  expect((await post(`${url}/registry/record-run`, elsewhere, scoped)).status).toBe(403);
  const verify = async (l1_server: string) =>
    (await post(`${url}/auth/verify`, { l1_server }, scoped)).status;
  expect([await verify(l1Url), await verify(illUrl)]).toEqual([200, 403]);

  const graph = (await get(`${url}/registry/of%20bert/provenance`)).json;
  const [run] = Object.keys(graph.activity);
  expect(graph.activity[run ?? '']).toMatchObject({ 'artdag:l1Server': l1Url });
  expect(Object.keys(graph.entity)).toEqual(['object:of-bert', 'object:in-of-of-bert']);
  expect(Object.keys(graph.agent).toSorted()).toEqual([
    `l1:${encodeURIComponent(l1Url)}`,
    'user:bert',
  ]);

  expect((await post(`${other}/auth/logout`, {}, session)).status).toBe(200);
  expect(await verify(l1Url)).toBe(401);
  const told = await hears('/auth/revoke-user');
  expect(JSON.parse(told.body)).toEqual({ username: 'bert' });
  expect(told.headers['signature-input']).toContain('/users/bert#main-key');
});

test('an L1 that takes 31 s: the caller hears 504 while it listens, and the work is registered once', async () => {
  const { first, last, activities, asked } = await slowRun;
  expect(first).toMatchObject({ status: 504, json: { code: 'l1-slow' } });
  expect(last.json.asset).toMatchObject({ name: 'late', content_hash: 'made-late' });
  expect(activities).toBe(2);
  expect(asked).toEqual({ 'late.31.made-late': 2 });
});
