import { createHmac } from 'node:crypto';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGatewayConfig, createGateway, gatewaySettings } from '@artdag/gateway';
import { readSettings } from '@artdag/runtime';
import { connectStore, type Store } from '@artdag/store';
import {
  createTestDatabaseUrl,
  createTestPrefix,
  createTestRuntime,
  freePort,
} from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const SECRET = 'a secret of tests';
const PASSWORD = 'correct horse battery';
const parts = new AsyncDisposableStack();
let store: Store;
let url: string;
let home: string;
let stores: { MONGODB_URL: string; REDIS_URL: string; ARTDAG_QUEUE_PREFIX: string };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'cli-'));
  stores = {
    MONGODB_URL: createTestDatabaseUrl(inject('mongodbUrl')),
    REDIS_URL: inject('redisUrl'),
    ARTDAG_QUEUE_PREFIX: createTestPrefix(),
  };
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  store = parts.use(await connectStore(stores.MONGODB_URL));
  const settings = readSettings(gatewaySettings, {
    ...stores,
    ARTDAG_PUBLIC_URL: url,
    HOST: '127.0.0.1',
    PORT: String(port),
    JWT_SECRET: SECRET,
    ARTDAG_JWT_SECRET_FILE: '/nowhere/jwt_secret',
  });
  parts.use(await createGateway(buildGatewayConfig(settings), createTestRuntime()));
  const operator = { username: 'op', displayName: 'op', passwordHash: null, createdAt: new Date() };
  await store.users.insert({ ...operator, role: 'operator' });
});
afterAll(async () => {
  await parts.disposeAsync();
  await rm(home, { recursive: true });
});

function tokenOf(username: string): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 600;
  const claims = { sub: username, username, l2_server: url, exp, jti: username };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

const env = (more: object = {}) => ({
  ARTDAG_URL: url,
  XDG_CONFIG_HOME: join(home, 'config'),
  ARTDAG_TOKEN: tokenOf('op'),
  ...more,
});
const run = (args: string, answers?: readonly string[]) =>
  runCli(args.split(' '), { env: env(), ...(answers && { answers }) });

async function failDeliveries(host: string, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    activityId: `a${index}`,
    actor: 'op',
    inbox: `https://${host}/inbox`,
    host,
    objectIri: 'https://art.example/objects/1',
    publishedAt: new Date(),
    hasPredecessor: false,
  }));
  const ids = await store.deliveries.insertMany(rows, new Date());
  const attempt = { at: new Date(), error: 'HTTP 404' };
  await Promise.all(ids.map((id) => store.deliveries.end(id, 'failed', attempt)));
  return ids;
}

describe('queues', () => {
  test('are a table for programs, and one document with --json', async () => {
    const { code, result } = await run('queues list');
    expect(code).toBe(0);
    expect(result).toMatch(/^deliver-activity\tno workers\t0\t0\t0\t0\t\t0$/m);
    const { observed } = JSON.parse((await run('queues list --json')).result);
    expect(observed.queues).toContainEqual(expect.objectContaining({ name: 'sign-activity' }));
    expect((await run('queues show sign-activity')).result).toMatch(/^workers\t0$/m);
    expect(await run('queues show no-such')).toMatchObject({ code: 3, result: '' });
    expect(await run('queues jobs sign-activity --state praised')).toMatchObject({ code: 2 });
  });

  test('are paused and resumed', async () => {
    expect(await run('queues pause sign-activity')).toMatchObject({
      code: 0,
      errors: 'sign-activity is paused.\n',
    });
    expect((await run('queues show sign-activity')).result).toMatch(/^state\tpaused$/m);
    await run('queues resume sign-activity');
    expect((await run('queues show sign-activity')).result).toMatch(/^state\tno workers$/m);
  });

  test('a group of failures is counted, tried again, and dropped only where somebody agrees', async () => {
    const ids = await failDeliveries('gone.example', 3);
    const listed = (await run('queues failures')).result;
    expect(listed).toMatch(/^[0-9a-f]{16}\t3\tdeliver-activity\tgone\.example\tHTTP 404\t/);
    const group = listed.slice(0, 16);
    expect((await run(`queues retry ${group} --dry-run`)).errors).toContain(
      '3 of deliver-activity',
    );
    expect(await run(`queues retry ${group}`)).toMatchObject({ code: 0, result: '3\t0\n' });
    expect((await run('queues jobs deliver-activity --state waiting')).result).toContain(ids[0]);
    const page = await run('queues jobs deliver-activity --state waiting --limit 2');
    expect(page.errors).toBe('2 of 3 waiting jobs. More: --cursor 2\n');
    const rest = await run('queues jobs deliver-activity --state waiting --cursor 2');
    expect(rest.result.split('\n')).toHaveLength(2);
    expect((await run(`queues show deliver-activity ${ids[0]}`)).result).toMatch(
      /^state\twaiting$/m,
    );
    expect(await run(`queues retry ${group}`)).toMatchObject({ code: 3 });

    await Promise.all(
      ids.map((id) => store.deliveries.end(id, 'failed', { at: new Date(), error: 'HTTP 404' })),
    );
    const refused = await run(`queues drop ${group}`);
    expect(refused).toMatchObject({ code: 2, result: '' });
    expect(refused.errors).toContain('--yes');
    expect(await run(`queues drop ${group}`, ['no'])).toMatchObject({ code: 1 });
    const dropped = await run(`queues drop ${group} --yes --json`);
    expect(JSON.parse(dropped.result)).toEqual({ observed: { done: 3, remaining: 0 } });
    expect((await run('queues failures')).errors).toBe('Nothing was given up.\n');
  });

  test('one work is tried again, or dropped', async () => {
    const [id] = await failDeliveries('one.example', 1);
    expect(await run(`queues retry deliver-activity ${id}`)).toMatchObject({ code: 0 });
    expect(await run(`queues promote deliver-activity ${id}`)).toMatchObject({ code: 3 });
    expect(await run(`queues drop deliver-activity ${id} --yes`)).toMatchObject({ code: 0 });
    expect(await store.deliveries.find(id ?? '')).toMatchObject({ state: 'dropped' });
    expect(await run('queues drop deliver-activity')).toMatchObject({ code: 2 });
  });
});

describe('users', () => {
  test('are added with a link where nobody can be asked', async () => {
    const added = await run('users add anna');
    expect(added.code).toBe(0);
    expect(added.result).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup\/[\w-]{32}\n$/);
    expect(await run('users add anna')).toMatchObject({ code: 5, result: '' });
    expect((await run('users list')).result).toMatch(/^anna\tuser\t[^\t]+\t\tno\tno$/m);
  });

  test('are added with a password that a person types twice', async () => {
    const typo = await run('users add ida --role operator', [PASSWORD, 'something else']);
    expect(typo).toMatchObject({ code: 2 });
    const set = await run('users reset-password ida', [PASSWORD, PASSWORD]);
    expect(set).toMatchObject({ code: 0, result: '' });
    expect(set.errors).not.toContain(PASSWORD);
    expect((await run('users list')).result).toMatch(/^ida\toperator\t[^\t]+\t\tyes\tno$/m);
  });

  test('are made without an operator, by the database itself', async () => {
    const direct = (args: string, peer: object = {}) =>
      runCli(['users', ...args.split(' '), '--direct'], {
        env: env({ ...stores, ARTDAG_PUBLIC_URL: url, ARTDAG_TOKEN: undefined }),
        ...peer,
      });
    const first = await direct('add first --role operator --password-stdin', { input: PASSWORD });
    expect(first).toMatchObject({ code: 0, result: '', errors: 'first can log in.\n' });
    expect(await store.users.find('first')).toMatchObject({ role: 'operator' });
    const due = await store.users.outbox.due('create-keys', new Date('2099-01-01'), 100);
    expect(due).toContain('first');
    expect(await store.audit.page(undefined, 1)).toMatchObject([
      { operator: '(command line)', action: 'add-user', target: 'first' },
    ]);
    expect((await direct('reset-password first')).result).toMatch(/\/setup\/[\w-]{32}\n$/);
    expect(await direct('add first')).toMatchObject({ code: 5 });
    expect(await direct('add ../first')).toMatchObject({ code: 2 });
    expect(await direct('reset-password nobody')).toMatchObject({ code: 3 });
  });

  test('are disabled, enabled and given a role', async () => {
    expect(await run('users disable anna')).toMatchObject({ code: 0 });
    expect((await store.users.find('anna'))?.disabledAt).toBeInstanceOf(Date);
    await run('users enable anna');
    await run('users role anna operator');
    expect(await store.users.find('anna')).toMatchObject({ role: 'operator' });
    expect(await run('users disable nobody')).toMatchObject({ code: 3 });
    expect(await run('users disable op')).toMatchObject({ code: 5 });
    expect(await run('users role anna god')).toMatchObject({ code: 2 });
  });
});

describe('a log-in', () => {
  const logIn = (args: string, peer: object = {}) =>
    runCli(['login', ...args.split(' ').filter(Boolean)], {
      env: env({ ARTDAG_TOKEN: undefined }),
      ...peer,
    });
  const list = () => runCli(['users', 'list'], { env: env({ ARTDAG_TOKEN: undefined }) });

  test('keeps a token that later commands use, in a file of the user alone, until the log-out', async () => {
    expect(await list()).toMatchObject({ code: 4 });
    const done = await logIn('--user ida --password-stdin', { input: `${PASSWORD}\n` });
    expect(done).toMatchObject({ code: 0, result: '' });
    const path = join(home, 'config', 'artdag-l2', 'tokens.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await list()).toMatchObject({ code: 0 });

    await chmod(path, 0o644);
    const refused = await list();
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.errors).toContain(`chmod 600 ${path}`);
    await chmod(path, 0o600);

    const logOut = await runCli(['logout'], { env: env({ ARTDAG_TOKEN: undefined }) });
    expect(logOut).toMatchObject({ code: 0 });
    expect(await list()).toMatchObject({ code: 4 });
  });

  test('by a person, who is asked', async () => {
    const printed = await logIn('--print', { answers: ['ida', PASSWORD] });
    expect(printed.result).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(await list()).toMatchObject({ code: 4 });
  });

  test.each([
    ['with a wrong password', '--user ida --password-stdin', { input: 'wrong' }, 4],
    ['with nobody to ask', '', {}, 2],
    ['with no name', '--password-stdin', { input: PASSWORD }, 2],
  ])('%s is refused', async (_, args, peer, code) => {
    expect(await logIn(args, peer)).toMatchObject({ code, result: '' });
  });
});

describe('doctor', () => {
  const examine = (more: object, args: readonly string[] = []) =>
    runCli(['doctor', ...args], {
      env: { ...stores, ARTDAG_DATA: home, ARTDAG_PUBLIC_URL: url, ...more },
    });

  test('says of each check what was found, and what to do', async () => {
    const { code, result } = await examine({});
    expect(result).toMatch(/^ok\tsettings\t/m);
    expect(result).toMatch(/^ok\tmongodb\tanswers and takes writes\t$/m);
    expect(result).toMatch(/^ok\tredis-eviction\tnoeviction\t$/m);
    expect(result).toMatch(/^ok\tclock\tagrees with Redis and MongoDB\t$/m);
    expect(result).toMatch(
      /^failure\tqueue-workers\tqueue without a worker: create-keys, .*\tStart/m,
    );
    expect(code).toBe(1);
    const { observed } = JSON.parse((await examine({}, ['--json'])).result);
    expect(observed.checks).toContainEqual({
      check: 'mongodb',
      state: 'ok',
      finding: 'answers and takes writes',
      means: expect.any(String),
    });
  });

  test.each([
    ['a wrong setting', { PORT: 'eighty' }, 2, /^failure\tsettings\t.*PORT/m],
    ['no Redis', { REDIS_URL: 'redis://127.0.0.1:1' }, 6, /^failure\tredis\tdoes not answer/m],
    ['no server at all', { MONGODB_URL: '', REDIS_URL: '' }, 6, /^failure\tmongodb\tdoes not/m],
  ])('finds %s', async (_, more, code, expected) => {
    const ended = await examine(more);
    expect(ended.code).toBe(code);
    expect(ended.result).toMatch(expected);
  });
});

test.each([
  [['serve', '--roles', 'baker'], { ARTDAG_DATA: '/nowhere/at/all' }],
  [['serve'], { PORT: 'eighty' }],
])('%j with wrong settings starts nothing', async (args, env) => {
  const { code, result, errors } = await runCli(args, { env });
  expect({ code, result }).toEqual({ code: 2, result: '' });
  expect(errors).toMatch(/ROLES|PORT/);
});
