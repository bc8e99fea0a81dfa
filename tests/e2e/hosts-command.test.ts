import { createHmac } from 'node:crypto';
import { buildGatewayConfig, createGateway, gatewaySettings } from '@artdag/gateway';
import { readSettings } from '@artdag/runtime';
import { connectStore, type Store } from '@artdag/store';
import {
  createTestDatabaseUrl,
  createTestPrefix,
  createTestRuntime,
  freePort,
  startChild,
} from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

const SECRET = 'a secret of tests';
const parts = new AsyncDisposableStack();
let store: Store;
let url: string;

beforeAll(async () => {
  const mongodbUrl = createTestDatabaseUrl(inject('mongodbUrl'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  store = parts.use(await connectStore(mongodbUrl));
  const config = buildGatewayConfig(
    readSettings(gatewaySettings, {
      MONGODB_URL: mongodbUrl,
      REDIS_URL: inject('redisUrl'),
      ARTDAG_QUEUE_PREFIX: createTestPrefix(),
      ARTDAG_PUBLIC_URL: url,
      HOST: '127.0.0.1',
      PORT: String(port),
      JWT_SECRET: SECRET,
      ARTDAG_JWT_SECRET_FILE: '/nowhere/jwt_secret',
    }),
  );
  parts.use(await createGateway(config, createTestRuntime()));
  for (const role of ['operator', 'user'] as const) {
    const createdAt = new Date();
    await store.users.insert({
      username: `a-${role}`,
      displayName: role,
      passwordHash: null,
      role,
      createdAt,
    });
  }
});
afterAll(() => parts.disposeAsync());

function tokenOf(username: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 600;
  const claims = { sub: username, username, l2_server: url, exp, jti: username };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

async function run(args: string, more: Record<string, string | undefined> = {}) {
  const env = {
    PATH: process.env['PATH'],
    ARTDAG_URL: url,
    ARTDAG_TOKEN: tokenOf('a-operator'),
    ...more,
  };
  const program = new URL('../../tools/cli/src/main.ts', import.meta.url).pathname;
  const child = startChild({
    command: process.execPath,
    args: [program, 'hosts', ...args.split(' ')],
    env,
  });
  const { code } = await child.ended;
  const errors = child.errorOutput();
  return { code, errors, result: child.output().replace(errors, '') };
}

function deliver(host: string, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    activityId: `a${index}`,
    actor: 'a-user',
    inbox: `https://${host}/users/${index}/inbox`,
    host,
    objectIri: `${url}/objects/${index}`,
    publishedAt: new Date('2026-01-06T23:01:27Z'),
    hasPredecessor: false,
  }));
  return store.deliveries.insertMany(rows, new Date());
}

describe('a decision', () => {
  test('is carried out, told in one line, and written down', async () => {
    const { code, result, errors } = await run('block Peer.EXAMPLE.');
    expect({ code, result }).toEqual({ code: 0, result: 'peer.example\tblock\t0\n' });
    expect(errors).toBe('0 deliveries wait for Peer.EXAMPLE..\n');
    expect(await store.hosts.isBlocked('peer.example')).toBe(true);
    expect(await store.audit.page(undefined, 1)).toMatchObject([
      { operator: 'a-operator', action: 'block-host', target: 'peer.example' },
    ]);
  });

  test('that drops deliveries needs --yes where nobody can be asked', async () => {
    await deliver('drop.example', 3);
    const refused = await run('drop drop.example');
    expect(refused).toMatchObject({ code: 2, result: '' });
    expect(refused.errors).toContain('3 deliveries wait for drop.example.');
    expect(refused.errors).toContain('--yes');
    expect(await run('drop drop.example --dry-run')).toMatchObject({ code: 0, result: '' });
    expect(await store.deliveries.countPending('drop.example')).toBe(3);
    const done = await run('drop drop.example --yes --json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.result)).toEqual({
      observed: { host: 'drop.example', action: 'drop', deliveries: 3 },
    });
    expect(await store.deliveries.countPending('drop.example')).toBe(0);
  });

  test('is shown: paused, resumed, retried', async () => {
    await deliver('slow.example', 2);
    expect((await run('pause slow.example')).result).toBe('slow.example\tpause\t2\n');
    expect((await run('show slow.example')).result).toMatch(
      /^host\tslow\.example\n.*\npaused since\t\d{4}-.*\nwaiting\t2\n/s,
    );
    expect((await run('resume slow.example')).result).toBe('slow.example\tresume\t2\n');
    expect((await run('retry slow.example')).result).toBe('slow.example\tretry\t2\n');
  });
});

test('the list is tab-separated in a pipe, and one document with --json', async () => {
  await store.hosts.learn(
    'list.example',
    { lastError: 'a\u001b[2Jb\tc', lastErrorAt: new Date() },
    new Date(),
  );
  const { code, result } = await run('list');
  expect(code).toBe(0);
  expect(result).toMatch(/^list\.example\t\t\tclosed\t0\t\tab c$/m);
  const { observed } = JSON.parse((await run('list --json')).result);
  expect(observed.hosts).toContainEqual(expect.objectContaining({ host: 'list.example' }));
});

describe('an exit code says what went wrong', () => {
  test.each([
    ['nobody knows the host', 'show unknown.example', {}, 3],
    ['no token', 'list', { ARTDAG_TOKEN: undefined }, 4],
    ['a token that is none', 'list', { ARTDAG_TOKEN: 'x.y.z' }, 4],
    ['no host name', 'block a/b', {}, 2],
    ['no such command', 'praise peer.example', {}, 2],
    ['no argument', 'show', {}, 2],
    ['no gateway', 'list', { ARTDAG_URL: 'http://127.0.0.1:1' }, 6],
    ['no URL', 'list', { ARTDAG_URL: 'peer' }, 2],
  ])('%s', async (_, args, env, code) => {
    const answer = await run(args, env);
    expect(answer).toMatchObject({ code, result: '' });
    expect(answer.errors).not.toBe('');
  });

  test('a user who is no operator', async () => {
    expect(await run('list', { ARTDAG_TOKEN: tokenOf('a-user') })).toMatchObject({
      code: 4,
      result: '',
    });
  });
});
