import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const KIND = 'process-inbox-activity';
let app: TestGateway;
let operator: { token: string };
let giles: { token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  operator = await app.addUser('operator-1', 'operator');
  giles = await app.addUser('giles-1');
});
afterAll(() => app[Symbol.asyncDispose]());

const ask = async (method: string, path: string, who = operator) => {
  const answer = await app.call(method, `/moderation${path}`, { token: who.token });
  return { status: answer.status, body: answer.json() as Record<string, unknown> };
};

const BODY = '{"type":"Create","content":"<script>"}';

/** An activity that a peer posted, and its id here. */
async function receive(name: string, second = 0): Promise<string> {
  const activityIri = `https://peer.example/activities/${name}`;
  await app.store.receivedActivities.insert({
    activityIri,
    type: 'Create',
    actorIri: 'https://peer.example/users/ann',
    host: 'peer.example',
    username: null,
    body: BODY,
    receivedAt: new Date(Date.UTC(2026, 0, 6, 12, 0, second)),
  });
  return app.store.receivedActivities.idOf(activityIri);
}

const setAside = async (name: string, second = 0) => {
  const receivedId = await receive(name, second);
  await app.store.receivedActivities.fail(receivedId, 'internal: poison', new Date());
  return receivedId;
};

const promisesOf = (receivedId: string) =>
  app.store.receivedActivities.outbox
    .due(KIND, new Date(Date.now() + 60_000), 1000)
    .then((ids) => ids.filter((id) => id === receivedId));

test('only operators see and replay what was set aside', async () => {
  const receivedId = await setAside('guarded');
  for (const [method, path] of [
    ['GET', '/received'],
    ['GET', `/received/${receivedId}`],
    ['POST', `/received/${receivedId}/replay`],
  ] as const) {
    expect((await app.call(method, `/moderation${path}`)).status).toBe(401);
    expect((await ask(method, path, giles)).status).toBe(403);
  }
  expect(await promisesOf(receivedId)).toEqual([]);
  expect(await app.store.audit.page(undefined, 10)).toEqual([]);
});

test('an activity that was set aside is shown with its body, and replayed once', async () => {
  const receivedId = await setAside('shown');
  expect((await ask('GET', `/received/${receivedId}`)).body).toMatchObject({
    activity: 'https://peer.example/activities/shown',
    inbox_of: null,
    reason: 'internal: poison',
    body: BODY,
  });
  const replayed = { status: 200, body: { id: receivedId, state: 'received' } };
  expect(await ask('POST', `/received/${receivedId}/replay`)).toEqual(replayed);
  expect(await promisesOf(receivedId)).toEqual([receivedId]);
  expect((await ask('GET', `/received/${receivedId}`)).status).toBe(404);
  expect(await ask('POST', `/received/${receivedId}/replay`)).toEqual(replayed);
  expect(await promisesOf(receivedId)).toEqual([receivedId]);
  const entries = await app.store.audit.page(undefined, 10);
  expect(entries.filter(({ target }) => target === receivedId)).toMatchObject([
    { operator: 'operator-1', action: 'replay-received', count: 1 },
  ]);
});

test('what was processed, dropped or never there is not replayed', async () => {
  const processed = await receive('processed');
  await app.store.receivedActivities.settle(processed);
  expect((await ask('POST', `/received/${processed}/replay`)).status).toBe(409);
  const dropped = await setAside('dropped');
  await app.store.failures.dismiss(KIND, [dropped]);
  expect((await ask('POST', `/received/${dropped}/replay`)).status).toBe(409);
  expect(await promisesOf(dropped)).toEqual([]);
  expect((await ask('POST', `/received/${'0'.repeat(64)}/replay`)).status).toBe(404);
  expect((await ask('POST', '/received/nothing/replay')).status).toBe(422);
});

test('the list is read page by page, the newest first', async () => {
  for (let second = 1; second <= 5; second += 1) await setAside(`listed-${second}`, second);
  await receive('waiting', 6);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = (await ask('GET', `/received?state=failed&limit=2${query}`)).body as {
      activities: { activity: string }[];
      next: string | null;
    };
    seen.push(...page.activities.map(({ activity }) => activity.replace(/^.*\//, '')));
    cursor = page.next;
  }
  expect(seen.filter((name) => name.startsWith('listed'))).toEqual(
    [5, 4, 3, 2, 1].map((second) => `listed-${second}`),
  );
  expect(seen).not.toContain('waiting');
  expect(new Set(seen).size).toBe(seen.length);
  expect((await ask('GET', '/received?state=processed')).status).toBe(422);
  expect((await ask('GET', '/received?cursor=nonsense')).status).toBe(422);
});

test('a report is listed, shown and closed once', async () => {
  const ids = ['r1', 'r2', 'r3'].map((name) => app.store.receivedActivities.idOf(name));
  const [first = '', second = '', third = ''] = ids;
  for (const [index, reportId] of ids.entries()) {
    await app.store.reports.put({
      reportId,
      activityIri: `https://peer.example/flags/${index}`,
      actorIri: 'https://peer.example/actor',
      host: 'peer.example',
      objectIris: ['https://art.example/users/giles-1'],
      content: 'spam <b>here</b>',
      receivedAt: new Date(Date.UTC(2026, 0, 6, 12, index)),
    });
  }
  expect((await app.call('GET', '/moderation/reports')).status).toBe(401);
  expect((await ask('GET', `/reports/${first}`, giles)).status).toBe(403);
  expect((await ask('POST', `/reports/${first}/close`, giles)).status).toBe(403);
  const page = (await ask('GET', '/reports?limit=2')).body as { next: string };
  expect(page).toMatchObject({ reports: [{ id: third, state: 'open' }, { id: second }] });
  expect((await ask('GET', `/reports?cursor=${page.next}`)).body).toMatchObject({
    reports: [{ id: first, content: 'spam <b>here</b>' }],
    next: null,
  });
  const closed = { id: first, state: 'closed', objects: ['https://art.example/users/giles-1'] };
  expect((await ask('POST', `/reports/${first}/close`)).body).toMatchObject(closed);
  expect((await ask('POST', `/reports/${first}/close`)).body).toMatchObject(closed);
  expect((await ask('GET', '/reports?state=closed')).body).toMatchObject({ reports: [closed] });
  expect((await ask('GET', `/reports/${first}`)).body).toMatchObject(closed);
  expect((await ask('POST', `/reports/${'0'.repeat(64)}/close`)).status).toBe(404);
  const entries = await app.store.audit.page(undefined, 10);
  expect(entries.filter(({ action }) => action === 'close-report')).toMatchObject([
    { operator: 'operator-1', target: first },
  ]);
});
