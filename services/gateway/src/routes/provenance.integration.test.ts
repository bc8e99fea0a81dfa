import { createQueueInspector } from '@artdag/queues';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

type Records = Record<string, Record<string, unknown>>;
type Graph = Record<'entity' | 'activity' | 'agent' | 'used' | 'wasGeneratedBy', Records> &
  Record<'wasAttributedTo' | 'wasAssociatedWith', Records> & {
    root: string;
    truncated: boolean;
    prefix: Record<string, string>;
  };

const L1 = 'https://l1.example';
const DAY_MS = 24 * 3_600_000;

let app: TestGateway;
const tokens = new Map<string, string>();
beforeAll(async () => {
  const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  app = await startTestGateway(servers);
  for (const name of ['ada', 'bert']) tokens.set(name, (await app.addUser(name)).token);
});
afterAll(() => app[Symbol.asyncDispose]());

async function register(owner: string, name: string, contentHash: string, provenance?: object) {
  const json = {
    name,
    content_hash: contentHash,
    asset_type: 'video',
    metadata: { frame_rate: 1, ...(provenance && { provenance }) },
  };
  const answer = await app.call('POST', '/registry', { token: tokens.get(owner) ?? '', json });
  expect(answer.status).toBe(200);
}

async function graphOf(name: string, query = ''): Promise<Graph> {
  const answer = await app.call('GET', `/registry/${name}/provenance${query}`);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  return answer.json() as Graph;
}

const relations = (records: Records, ...members: string[]) =>
  Object.values(records).map((record) => members.map((member) => record[`prov:${member}`]));

describe('a film that was made by two runs', () => {
  const run1 = `run:${encodeURIComponent(L1)}/run%2F1`;
  beforeAll(async () => {
    await register('bert', 'photo', 'h-photo');
    await register('ada', 'photo too', 'h-photo');
    await register('bert', 'cut', 'h-cut', {
      run_id: 'run/1',
      l1_server: L1,
      recipe: 'cut.yaml',
      inputs: [{ name: 'raw', content_hash: 'h-photo' }],
    });
    await register('ada', 'effect:film →', 'h-film', { run_id: '2', inputs: ['h-cut', 'h-song'] });
  });

  test('is told as PROV-JSON', async () => {
    const graph = await graphOf(encodeURIComponent('effect:film →'));
    expect(graph).toMatchObject({ root: 'object:h-film', depth: 5, truncated: false });
    expect(graph.prefix['object']).toBe(`${PUBLIC_URL}/objects/`);
    expect(graph.entity).toEqual({
      'object:h-film': {
        'artdag:contentHash': 'h-film',
        'artdag:registered': true,
        'prov:label': 'effect:film →',
        'artdag:assetType': 'video',
        'artdag:name': ['effect:film →'],
      },
      'object:h-cut': expect.objectContaining({ 'prov:label': 'cut' }),
      'object:h-song': { 'artdag:contentHash': 'h-song', 'artdag:registered': false },
      'object:h-photo': expect.objectContaining({ 'artdag:name': ['photo', 'photo too'] }),
    });
    expect(graph.activity).toEqual({
      'run:-/2': { 'artdag:runId': '2' },
      [run1]: { 'artdag:runId': 'run/1', 'artdag:l1Server': L1, 'artdag:recipe': 'cut.yaml' },
    });
    expect(relations(graph.wasGeneratedBy, 'entity', 'activity')).toEqual([
      ['object:h-film', 'run:-/2'],
      ['object:h-cut', run1],
    ]);
    expect(Object.values(graph.used).map((link) => link['artdag:saidBy'])).toEqual([
      'user:ada',
      'user:ada',
      'user:bert',
    ]);
    expect(relations(graph.used, 'activity', 'entity', 'role')).toEqual([
      ['run:-/2', 'object:h-cut', undefined],
      ['run:-/2', 'object:h-song', undefined],
      [run1, 'object:h-photo', 'raw'],
    ]);
    expect(relations(graph.wasAttributedTo, 'entity', 'agent', 'type')).toEqual([
      ['object:h-film', 'user:ada', 'artdag:Owner'],
      ['object:h-cut', 'user:bert', 'artdag:Owner'],
      ['object:h-photo', 'user:bert', 'artdag:Owner'],
      ['object:h-photo', 'user:ada', 'artdag:Claimant'],
    ]);
    expect(relations(graph.wasAssociatedWith, 'activity', 'agent')).toEqual([
      [run1, `l1:${encodeURIComponent(L1)}`],
    ]);
    expect(Object.keys(graph.agent)).toHaveLength(3);
  });

  test('is told as far back as was asked', async () => {
    const graph = await graphOf(encodeURIComponent('effect:film →'), '?depth=1');
    expect(Object.keys(graph.entity)).toEqual(['object:h-film', 'object:h-cut', 'object:h-song']);
    expect(graph.truncated).toBe(true);
    expect(Object.keys((await graphOf('photo')).entity)).toEqual(['object:h-photo']);
  });
});

describe('a run that this server has read at its L1', () => {
  const l1Server = 'http://localhost:8100';
  const run = { owner: 'ada', l1Server, runId: 'read', outputName: 'woven' };
  const page = async () => {
    const headers = { accept: 'text/html' };
    return (await app.call('GET', '/registry/woven', { headers })).text;
  };
  let runKey: string;
  beforeAll(async () => {
    const inputs = ['h-thread', 'h-loom'];
    await register('ada', 'woven', 'h-woven', { run_id: 'read', l1_server: l1Server, inputs });
    runKey = app.store.runs.keyOf(run);
    await app.store.runs.insert({ ...run, activityId: 'a-woven', requestedAt: new Date() });
    await app.store.runs.keepResult(runKey, {
      inputs: [{ contentHash: 'h-thread' }],
      outputHash: 'h-woven',
      assetType: 'video',
      provenance: '{}',
      readAt: new Date(Date.now() - 2 * DAY_MS),
    });
    await app.store.runs.settle({ runKey }, 'a-woven', new Date());
  });

  test('is told by the L1, and by the owner what the L1 does not say', async () => {
    const graph = await graphOf('woven');
    const l1 = `l1:${encodeURIComponent(l1Server)}`;
    expect(Object.values(graph.wasGeneratedBy)).toMatchObject([{ 'artdag:saidBy': l1 }]);
    expect(Object.values(graph.used)).toMatchObject([
      { 'prov:entity': 'object:h-thread', 'artdag:saidBy': l1 },
      { 'prov:entity': 'object:h-loom', 'artdag:saidBy': 'user:ada' },
    ]);
    const text = await page();
    expect(text).toMatch(/made by run.*said by localhost:8100.*said by @ada@art\.example/s);
    expect(text).not.toContain('Provenance lost');
  });

  test('is asked for again by who looks, and what is found then is said', async () => {
    const queues = { redisUrl: inject('redisUrl'), prefix: app.prefix };
    await using inspector = createQueueInspector(queues);
    await page();
    const reports = await inspector.inspectAll();
    expect(reports.find(({ name }) => name === 'check-run')).toMatchObject({
      counts: { waiting: 1 },
    });
    const at = new Date();
    await app.store.runs.noteCheck(runKey, { finding: 'changed', at, since: at });
    expect(await page()).toContain('Provenance changed');
    await app.store.runs.noteCheck(runKey, { finding: 'unknown', at, since: at });
    expect(await page()).toContain('Provenance lost');
    const path = `/runs/${encodeURIComponent(l1Server)}/read`;
    const shown = await app.call('GET', path, { headers: { accept: 'text/html' } });
    expect(shown.text).toContain('it knows no such run any more');
  });
});

test('who withdraws owns no more, and the graph stays', async () => {
  await register('ada', 'gone', 'h-gone', { run_id: '3', inputs: ['h-x'] });
  await register('bert', 'later', 'h-gone');
  await app.call('DELETE', '/registry/gone', { token: tokens.get('ada') ?? '' });
  const graph = await graphOf('gone');
  expect(relations(graph.wasAttributedTo, 'agent', 'type')).toEqual([
    ['user:bert', 'artdag:Owner'],
  ]);
  expect(Object.keys(graph.activity)).toEqual(['run:-/3']);
});

test('a circle ends, and a large graph says that it is cut', async () => {
  await register('ada', 'egg', 'h-egg', { run_id: 'e', inputs: ['h-hen'] });
  await register('ada', 'hen', 'h-hen', { run_id: 'h', inputs: ['h-egg'] });
  const circle = await graphOf('egg', '?depth=20');
  expect([Object.keys(circle.entity).length, circle.truncated]).toEqual([2, false]);
  const inputs = Array.from({ length: 700 }, (_, n) => `many-${n}`);
  await register('ada', 'crowd', 'h-crowd', { run_id: 'c', inputs });
  const crowd = await graphOf('crowd');
  expect(Object.keys(crowd.entity)).toHaveLength(499);
  expect(crowd.truncated).toBe(true);
});

test('odd provenance is no graph, and a hash like a member of all objects is a hash', async () => {
  await register('ada', 'odd', 'h-odd', { run_id: { ne: 1 }, inputs: { a: { b: 1 } } });
  expect(Object.keys((await graphOf('odd')).activity)).toEqual([]);
  await register('ada', 'proto', 'h-proto', { run_id: 'p', inputs: ['__proto__', 'constructor'] });
  const graph = await graphOf('proto');
  expect(Object.keys(graph.entity)).toEqual([
    'object:h-proto',
    'object:__proto__',
    'object:constructor',
  ]);
});

test.each([
  ['nothing-here', '', 404],
  ['photo', '?depth=21', 422],
  ['photo', '?depth=-1', 422],
  ['photo', '?depth=x', 422],
])('%s%s is %i', async (name, query, status) => {
  expect((await app.call('GET', `/registry/${name}/provenance${query}`)).status).toBe(status);
});
