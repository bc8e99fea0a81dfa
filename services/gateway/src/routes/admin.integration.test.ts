import { allContracts } from '@artdag/queues';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { PASSWORD, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
let app: TestGateway;
let operator: { username: string; token: string };
let giles: { username: string; token: string };

beforeAll(async () => {
  app = await startTestGateway(servers);
  operator = await app.addUser('operator-1', 'operator');
  giles = await app.addUser('giles-1');
});
afterAll(() => app[Symbol.asyncDispose]());

const ask = async (method: string, path: string, json?: unknown, who = operator) => {
  const answer = await app.call(method, `/admin${path}`, {
    token: who.token,
    ...(json !== undefined && { json }),
  });
  return { status: answer.status, body: answer.json() as Record<string, unknown> };
};

const latestAudit = async () => (await app.store.audit.page(undefined, 1))[0];

async function failDeliveries(host: string, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    activityId: `a${index}`,
    actor: 'giles-1',
    inbox: `https://${host}/inbox`,
    host,
    objectIri: 'https://art.example/objects/1',
    publishedAt: new Date('2026-01-06T23:01:27Z'),
    hasPredecessor: false,
  }));
  const ids = await app.store.deliveries.insertMany(rows, new Date());
  const attempt = { at: new Date(), status: 404, error: 'HTTP 404' };
  await Promise.all(ids.map((id) => app.store.deliveries.end(id, 'failed', attempt)));
  return ids;
}

test.each([
  ['GET', '/checks'],
  ['GET', '/queues'],
  ['GET', '/queues/sign-activity'],
  ['GET', '/queues/sign-activity/jobs'],
  ['GET', '/queues/sign-activity/jobs/1'],
  ['POST', '/queues/sign-activity/pause'],
  ['POST', '/queues/sign-activity/resume'],
  ['POST', '/queues/sign-activity/jobs/1/retry'],
  ['POST', '/queues/sign-activity/jobs/1/promote'],
  ['POST', '/queues/sign-activity/jobs/1/drop'],
  ['GET', '/failures'],
  ['GET', '/failures/0123456789abcdef'],
  ['POST', '/failures/0123456789abcdef/retry'],
  ['POST', '/failures/0123456789abcdef/drop'],
  ['GET', '/users'],
  ['POST', '/users'],
  ['POST', '/users/giles-1/disable'],
  ['POST', '/users/giles-1/enable'],
  ['POST', '/users/giles-1/role'],
  ['POST', '/users/giles-1/reset-password'],
])('%s %s is for operators', async (method, path) => {
  expect((await app.call(method, `/admin${path}`)).status).toBe(401);
  expect((await ask(method, path, undefined, giles)).status).toBe(403);
});

test('checks say what was found, what it means and what to do', async () => {
  const { body } = await ask('GET', '/checks');
  expect(body['checks']).toContainEqual({
    check: 'queue-workers',
    state: 'failure',
    finding: expect.stringContaining('queue without a worker: fan-out-activity'),
    means: 'Work on a queue without a worker waits until one is started.',
    fix: expect.any(String),
  });
  const checks = body['checks'] as { check: string; state: string }[];
  const states = new Map(checks.map(({ check, state }) => [check, state]));
  expect(Object.fromEntries(states)).toMatchObject({
    mongodb: 'ok',
    redis: 'ok',
    'redis-eviction': 'ok',
    clock: 'ok',
    relay: 'ok',
    'key-files': 'skipped',
    'public-url': 'skipped',
  });
});

describe('queues', () => {
  test('say in words where nobody works', async () => {
    const { body } = await ask('GET', '/queues');
    expect(body['queues']).toContainEqual({
      name: 'deliver-activity',
      state: 'no workers',
      workers: 0,
      waiting: 0,
      active: 0,
      delayed: 0,
      completed: 0,
      failed: 0,
      set_aside: 0,
      oldest_waiting_seconds: 0,
      completed_per_second: 0,
    });
    expect((await ask('GET', '/queues/sign-activity')).body).toMatchObject({ workers: 1 });
  });

  test('are paused and resumed, and that is written down', async () => {
    expect(await ask('POST', '/queues/sign-activity/pause')).toEqual({
      status: 200,
      body: { queue: 'sign-activity', action: 'pause' },
    });
    expect((await ask('GET', '/queues/sign-activity')).body).toMatchObject({ state: 'paused' });
    expect(await latestAudit()).toMatchObject({
      operator: 'operator-1',
      action: 'pause-queue',
      target: 'sign-activity',
    });
    await ask('POST', '/queues/sign-activity/resume');
    expect((await ask('GET', '/queues/sign-activity')).body).toMatchObject({ state: 'idle' });
  });

  test.each(['/queues/constructor', '/queues/no-such/jobs', '/queues/no-such/jobs/1'])(
    '%s is not there',
    async (path) => expect((await ask('GET', path)).status).toBe(404),
  );

  test.each(['?state=everything', '?limit=0', '?limit=1001', '?cursor=-1', '?state[$ne]=x'])(
    'a list of jobs with %s is refused',
    async (query) =>
      expect((await ask('GET', `/queues/sign-activity/jobs${query}`)).status).toBe(422),
  );
});

describe('the work of one job', () => {
  const path = '/queues/deliver-activity/jobs';

  test('is listed with its job, page by page', async () => {
    const ids = await failDeliveries('jobs.example', 3);
    const groups = (await ask('GET', '/failures')).body['failures'] as { group_id: string }[];
    await ask('POST', `/failures/${groups[0]?.group_id}/retry`);
    const first = (await ask('GET', `${path}?state=waiting&limit=2`)).body;
    expect(first).toMatchObject({ total: 3, next: '2' });
    const second = (await ask('GET', `${path}?state=waiting&limit=2&cursor=2`)).body;
    expect(second).toMatchObject({ total: 3, next: null });
    const jobs = [first, second].flatMap((page) => page['jobs'] as { work_id: string }[]);
    expect(jobs.map((job) => job.work_id).toSorted()).toEqual(ids.toSorted());
    expect((await ask('GET', `${path}/${ids[0]}`)).body).toMatchObject({
      state: 'waiting',
      attempts: 0,
      max_attempts: 8,
      failure_reason: null,
    });
  });

  test('is dropped with its promise, so that the relay does not bring it back', async () => {
    const [id = ''] = await app.store.deliveries.insertMany(
      [
        {
          activityId: 'dropped',
          actor: 'giles-1',
          inbox: 'https://drop.example/inbox',
          host: 'drop.example',
          objectIri: 'https://art.example/objects/1',
          publishedAt: new Date(),
          hasPredecessor: false,
        },
      ],
      new Date(),
    );
    expect((await ask('POST', `${path}/${id}/drop`)).status).toBe(200);
    expect(await app.store.deliveries.find(id)).toMatchObject({ state: 'dropped' });
    const due = await app.store.deliveries.outbox.due('deliver-activity', new Date('2099'), 100);
    expect(due).not.toContain(id);
    expect(await latestAudit()).toMatchObject({
      action: 'drop-job',
      target: `deliver-activity ${id}`,
    });
  });

  test('is tried again where it was given up', async () => {
    const [id = ''] = await failDeliveries('retry.example', 1);
    expect((await ask('POST', `${path}/${id}/retry`)).status).toBe(200);
    expect(await app.store.deliveries.find(id)).toMatchObject({ state: 'pending' });
    expect((await ask('POST', `${path}/${id}/retry`)).status).toBe(404);
    await ask('POST', `${path}/${id}/drop`);
  });

  test.each(['retry', 'promote', 'drop'])('that is not there cannot be: %s', async (action) => {
    expect((await ask('POST', `${path}/nothing/${action}`)).status).toBe(404);
  });
});

describe('failures', () => {
  test('are found of every queue whose work is promised', () => {
    const promised = allContracts.filter(({ isForgotten }) => !isForgotten);
    expect(promised.map(({ name }) => name).toSorted()).toEqual(
      app.store.failures.kinds.toSorted(),
    );
  });

  test('are counted by kind, reason and host, and tried again or dropped together', async () => {
    const ids = await failDeliveries('gone.example', 4);
    const { failures } = (await ask('GET', '/failures')).body as {
      failures: { group_id: string }[];
    };
    expect(failures).toEqual([
      {
        group_id: expect.stringMatching(/^[0-9a-f]{16}$/),
        kind: 'deliver-activity',
        reason: 'HTTP 404',
        host: 'gone.example',
        count: 4,
        oldest_at: expect.any(String),
        latest_at: expect.any(String),
      },
    ]);
    const group = `/failures/${failures[0]?.group_id}`;
    const shown = (await ask('GET', group)).body['work_ids'] as string[];
    expect(shown.toSorted()).toEqual(ids.toSorted());
    expect((await ask('GET', '/queues/deliver-activity')).body).toMatchObject({ set_aside: 4 });

    expect((await ask('POST', `${group}/retry`)).body).toMatchObject({ done: 4, remaining: 0 });
    expect(await latestAudit()).toMatchObject({
      action: 'retry-failures',
      target: 'deliver-activity HTTP 404 gone.example',
      count: 4,
    });
    expect((await ask('POST', `${group}/retry`)).status).toBe(404);

    await failDeliveries('gone.example', 4);
    const attempt = { at: new Date(), error: 'HTTP 404' };
    await Promise.all(ids.map((id) => app.store.deliveries.end(id, 'failed', attempt)));
    expect((await ask('POST', `${group}/drop`)).body).toMatchObject({ done: 4, remaining: 0 });
    expect((await ask('GET', '/failures')).body).toEqual({ failures: [] });
  });
});

describe('users', () => {
  test('are listed by name, without anything secret', async () => {
    const { body } = await ask('GET', '/users?limit=1');
    expect(body).toEqual({
      users: [
        {
          username: 'artdag',
          role: 'operator',
          email: null,
          created_at: expect.any(String),
          disabled_at: null,
          has_password: false,
          has_keys: expect.any(Boolean),
        },
      ].map((user) => ({ ...user, username: expect.any(String) })),
      next: expect.any(String),
    });
    const { body: rest } = await ask('GET', `/users?cursor=${body['next']}`);
    expect(rest).toMatchObject({ next: null });
  });

  test('are added with a link that sets the password once', async () => {
    const added = await ask('POST', '/users', { username: 'anna', role: 'operator' });
    const link = new URL(String(added.body['password_link']));
    const set = () =>
      app.call('POST', link.pathname, { json: { password: 'a new good password' } });
    expect((await set()).status).toBe(200);
    expect((await set()).status).toBe(404);
    const login = { username: 'anna', password: 'a new good password' };
    expect((await app.call('POST', '/auth/login', { json: login })).status).toBe(200);
    expect((await ask('POST', '/users', { username: 'anna' })).status).toBe(409);
    expect((await ask('POST', '/users', { username: '../x' })).status).toBe(422);
    expect((await ask('POST', '/users', { username: 'x', role: 'god' })).status).toBe(422);
  });

  test('who are disabled are kept out at once, until they are enabled', async () => {
    const eve = await app.addUser('eve');
    const me = () => app.call('GET', '/auth/me', { token: eve.token });
    const login = (password: string) =>
      app.call('POST', '/auth/login', { json: { username: 'eve', password } });
    expect((await me()).status).toBe(200);
    await ask('POST', '/users/eve/disable');
    expect((await me()).status).toBe(403);
    expect((await login(PASSWORD)).status).toBe(403);
    expect((await login('wrong password')).status).toBe(401);
    await ask('POST', '/users/eve/enable');
    expect((await login(PASSWORD)).status).toBe(200);
    expect((await me()).status).toBe(401);
    expect(await latestAudit()).toMatchObject({ action: 'enable-user', target: 'eve' });
  });

  test('get a new password by a link; the old one and his tokens are good until it is used', async () => {
    const ida = await app.addUser('ida');
    const reset = await ask('POST', '/users/ida/reset-password');
    const login = (password: string) =>
      app.call('POST', '/auth/login', { json: { username: ida.username, password } });
    expect((await login(PASSWORD)).status).toBe(200);
    const link = new URL(String(reset.body['password_link']));
    await app.call('POST', link.pathname, { json: { password: 'another good password' } });
    expect((await login(PASSWORD)).status).toBe(401);
    expect((await app.call('GET', '/auth/me', { token: ida.token })).status).toBe(401);
    expect((await login('another good password')).status).toBe(200);
  });

  test('become operators, and users again; nobody changes himself', async () => {
    expect((await ask('POST', '/users/giles-1/role', { role: 'operator' })).status).toBe(200);
    expect((await ask('GET', '/queues', undefined, giles)).status).toBe(200);
    expect(await latestAudit()).toMatchObject({ action: 'make-operator', target: 'giles-1' });
    await ask('POST', '/users/giles-1/role', { role: 'user' });
    expect((await ask('GET', '/queues', undefined, giles)).status).toBe(403);
    for (const act of ['disable', 'enable']) {
      expect((await ask('POST', `/users/operator-1/${act}`)).status).toBe(409);
    }
  });

  test.each(['disable', 'enable', 'reset-password'])('nobody of that name: %s', async (act) => {
    expect((await ask('POST', `/users/nobody/${act}`)).status).toBe(404);
  });
});
