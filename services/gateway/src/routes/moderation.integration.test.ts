import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
let app: TestGateway;
let operator: { username: string; token: string };
let giles: { username: string; token: string };
let eve: { username: string; token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  operator = await app.addUser('operator-1', 'operator');
  giles = await app.addUser('giles-1');
  eve = await app.addUser('eve');
});
afterAll(() => app[Symbol.asyncDispose]());

const ask = async (method: string, path: string, who = operator) => {
  const answer = await app.call(method, `/moderation${path}`, { token: who.token });
  return { status: answer.status, body: answer.json() as Record<string, unknown> };
};

/** Waiting deliveries of one activity, one for each inbox. */
function deliver(activityId: string, inboxes: readonly string[]): Promise<string[]> {
  const rows = inboxes.map((inbox) => ({
    activityId,
    actor: 'giles-1',
    inbox,
    host: new URL(inbox).host,
    objectIri: `https://art.example/objects/${activityId}`,
    publishedAt: new Date('2026-01-06T23:01:27Z'),
    hasPredecessor: false,
  }));
  return app.store.deliveries.insertMany(rows, new Date());
}

const statesOf = async (ids: readonly string[]) => {
  const found = await Promise.all(ids.map((id) => app.store.deliveries.find(id)));
  return found.map((delivery) => delivery?.state);
};

const latestAudit = async () => {
  const { entries } = (await ask('GET', '/audit?limit=1')).body as { entries: object[] };
  return entries[0];
};

describe('who may moderate', () => {
  const paths = [
    ['GET', '/hosts'],
    ['GET', '/hosts/peer.example'],
    ['GET', '/audit'],
    ...['block', 'allow', 'pause', 'resume', 'retry', 'drop'].map((action) => [
      'POST',
      `/hosts/peer.example/${action}`,
    ]),
  ] as [string, string][];

  test.each(paths)('%s %s is for operators', async (method, path) => {
    expect((await app.call(method, `/moderation${path}`)).status).toBe(401);
    expect((await ask(method, path, giles)).status).toBe(403);
    expect(await app.store.hosts.find('peer.example')).toBeUndefined();
    expect(await app.store.audit.page(undefined, 10)).toEqual([]);
  });
});

describe('a host', () => {
  test('is blocked under its normal form, and what waits for it is dropped', async () => {
    const ids = await deliver('b1', [
      'https://xn--bcher-kva.example/in',
      'https://other.example/in',
    ]);
    const answer = await ask('POST', '/hosts/B%C3%BCcher.Example./block');
    expect(answer).toEqual({
      status: 200,
      body: { host: 'xn--bcher-kva.example', action: 'block', deliveries: 1 },
    });
    expect(await app.store.hosts.isBlocked('xn--bcher-kva.example')).toBe(true);
    expect(await statesOf(ids)).toEqual(['dropped', 'pending']);
    expect(await latestAudit()).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      operator: 'operator-1',
      action: 'block-host',
      target: 'xn--bcher-kva.example',
      deliveries: 1,
    });
    await ask('POST', '/hosts/XN--BCHER-KVA.example/allow');
    expect(await app.store.hosts.isBlocked('xn--bcher-kva.example')).toBe(false);
    expect((await ask('GET', '/hosts/b%C3%BCcher.example')).body).toMatchObject({
      rule: 'allowed',
    });
  });

  test('is paused and resumed, and then what waits for it is due at once', async () => {
    await deliver('p1', ['https://paused.example/1', 'https://paused.example/2']);
    expect((await ask('POST', '/hosts/paused.example/pause')).body).toMatchObject({
      deliveries: 2,
    });
    expect((await ask('GET', '/hosts/paused.example')).body).toMatchObject({
      paused_at: expect.any(String),
      backlog: { pending: 2, oldest_at: '2026-01-06T23:01:27.000Z' },
      breaker: { state: 'closed', open_until: null, failures: 0 },
    });
    expect((await ask('POST', '/hosts/paused.example/resume')).body).toMatchObject({
      deliveries: 2,
    });
    expect((await ask('GET', '/hosts/paused.example')).body).toMatchObject({ paused_at: null });
  });

  test('that is broken is retried: its breaker closes, and what failed waits again', async () => {
    const [failed = '', pending = ''] = await deliver('r1', [
      'https://broken.example/1',
      'https://broken.example/2',
    ]);
    const at = new Date();
    await app.store.deliveries.end(failed, 'failed', { at, status: 500, error: 'http-500' });
    const openUntil = new Date(Date.now() + 1_800_000);
    const lastError = { lastErrorAt: at, lastError: 'http-500' };
    await app.store.hosts.learn('broken.example', { failures: 5, openUntil, ...lastError }, at);
    expect((await ask('GET', '/hosts/broken.example')).body).toMatchObject({
      breaker: { state: 'open', failures: 5, open_until: openUntil.toISOString() },
      last_error: 'http-500',
      backlog: { pending: 1 },
    });
    expect((await ask('POST', '/hosts/broken.example/retry')).body).toMatchObject({
      deliveries: 2,
    });
    expect(await statesOf([failed, pending])).toEqual(['pending', 'pending']);
    expect((await ask('GET', '/hosts/broken.example')).body).toMatchObject({
      breaker: { state: 'closed', failures: 0 },
      backlog: { pending: 2 },
    });
    expect(await latestAudit()).toMatchObject({ action: 'retry-host', deliveries: 2 });
  });

  test('has what waits for it dropped', async () => {
    const ids = await deliver('d1', ['https://dropped.example/1', 'https://kept.example/1']);
    expect((await ask('POST', '/hosts/dropped.example/drop')).body).toMatchObject({
      deliveries: 1,
    });
    expect(await statesOf(ids)).toEqual(['dropped', 'pending']);
    expect((await ask('POST', '/hosts/dropped.example/drop')).body).toMatchObject({
      deliveries: 0,
    });
  });

  test('that nothing is known of is 404, and what is no host is 422', async () => {
    expect((await ask('GET', '/hosts/unknown.example')).status).toBe(404);
    expect((await ask('POST', '/hosts/a%20b/block')).status).toBe(422);
    expect((await ask('POST', '/hosts/https%3A%2F%2Fx.example/block')).status).toBe(422);
    expect((await ask('POST', '/hosts/peer.example/praise')).status).toBe(404);
  });
});

describe('lists', () => {
  test('of hosts are read page by page, by name', async () => {
    for (const name of ['z1', 'z2', 'z3', 'z4', 'z5'])
      await app.store.hosts.setRule(`${name}.page.example`, 'allowed');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await ask('GET', `/hosts?limit=2${query}`)).body as {
        hosts: { host: string }[];
        next: string | null;
      };
      expect(page.hosts.length).toBeLessThanOrEqual(2);
      seen.push(...page.hosts.map(({ host }) => host));
      cursor = page.next;
    }
    expect(seen).toEqual(seen.toSorted());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((host) => host.endsWith('.page.example'))).toHaveLength(5);
  });

  test('of what operators did are read page by page, the newest first', async () => {
    for (const action of ['pause', 'resume', 'drop'])
      await ask('POST', `/hosts/audited.example/${action}`);
    const first = (await ask('GET', '/audit?limit=2')).body as { entries: unknown[]; next: string };
    expect(first.entries).toMatchObject([{ action: 'drop-host' }, { action: 'resume-host' }]);
    const second = await ask('GET', `/audit?limit=1&cursor=${first.next}`);
    expect(second.body).toMatchObject({ entries: [{ action: 'pause-host' }] });
    expect((await ask('GET', '/audit?cursor=nonsense')).status).toBe(422);
    expect((await ask('GET', '/audit?limit=9999')).status).toBe(422);
  });
});

describe('deliveries of an activity', () => {
  test('are shown to its actor and to operators, page by page', async () => {
    const object = { object: 'https://peer.example/objects/1' };
    const shared = await app.call('POST', '/users/giles-1/share', {
      token: giles.token,
      json: object,
    });
    const { activity_id: id } = shared.json() as { activity_id: string };
    const inboxes = ['a', 'b', 'c'].map((name) => `https://${name}.example/inbox`);
    const [first = ''] = await deliver(id, inboxes);
    await app.store.deliveries.end(first, 'delivered', { at: new Date(), status: 202 });

    const path = `/activities/${id}/deliveries`;
    expect((await app.call('GET', path)).status).toBe(401);
    expect((await app.call('GET', path, { token: eve.token })).status).toBe(403);
    for (const { token } of [giles, operator]) {
      const page = await app.call('GET', `${path}?limit=2`, { token });
      expect(page.json()).toMatchObject({
        deliveries: [
          { inbox: inboxes[0], state: 'delivered', attempts: 1, last_status: 202, next_at: null },
          { inbox: inboxes[1], host: 'b.example', state: 'pending', attempts: 0 },
        ],
        next: inboxes[1],
      });
      const rest = await app.call('GET', `${path}?cursor=${inboxes[1]}`, { token });
      expect(rest.json()).toMatchObject({ deliveries: [{ inbox: inboxes[2] }], next: null });
    }
    const unknown = { token: operator.token };
    expect((await app.call('GET', '/activities/nothing/deliveries', unknown)).status).toBe(404);
  });
});
