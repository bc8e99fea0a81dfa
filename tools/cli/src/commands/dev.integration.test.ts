import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectStore, type Store } from '@artdag/store';
import { createTestDatabaseUrl, redisCommand } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const parts = new AsyncDisposableStack();
let store: Store;
let env: Record<string, string>;
let keys: string;

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'artdag-dev-'));
  parts.defer(() => rm(directory, { recursive: true }));
  keys = join(directory, 'keys');
  env = {
    MONGODB_URL: createTestDatabaseUrl(inject('mongodbUrl')),
    REDIS_URL: inject('redisUrl'),
    ARTDAG_DATA: directory,
    ARTDAG_DOMAIN: 'art.example',
  };
  store = parts.use(await connectStore(env['MONGODB_URL'] ?? ''));
  // What is there before: a user with a work, and what his server remembers of an L1.
  const now = new Date();
  const work = {
    name: 'Low water',
    contentHash: 'abc',
    assetType: 'image',
    tags: [],
    metadata: '{}',
  };
  await store.users.insert({
    username: 'ada',
    displayName: 'Ada',
    passwordHash: null,
    role: 'user',
    createdAt: now,
  });
  await store.assets.import([
    { ...work, owner: 'ada', createdAt: 0, registeredAt: now, activityId: null, state: 'unsigned' },
  ]);
  await store.l1Servers.ensure(['http://localhost:8100']);
  // Nobody runs here who would keep the promise meanwhile, but for the seed itself.
  await store.users.failKeys('ada', 'for the test', now);
});
afterAll(() => parts.disposeAsync());

const dev = (args: string, more: object = {}) =>
  runCli(['dev', ...args.split(' ')], { env: { ...env, ...more } });

async function dump(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const name of await store.backup.collections())
    all[name] = await Array.fromAsync(store.backup.dump(name));
  return all;
}

test('is refused where others could take it for real, and writes nothing then', async () => {
  const before = await dump();
  const refused = async (more: object, args = 'seed --yes') => (await dev(args, more)).errors;
  expect(await refused({ NODE_ENV: 'production' })).toMatch(/NODE_ENV is production/);
  expect(await refused({ MONGODB_URL: 'mongodb://db.example/artdag' })).toMatch(/this machine/);
  expect(await refused({ MONGODB_URL: 'mongodb://localhost,db.example' })).toMatch(/this machine/);
  expect(await refused({ MONGODB_URL: 'mongodb+srv://db.example' })).toMatch(/this machine/);
  expect(await refused({}, 'seed')).toMatch(/1 works and 1 users besides giles: run it again/);
  expect((await dev('unseed --yes')).errors).toMatch(/Nothing was seeded/);
  expect(await dump()).toEqual(before);
  const follower = { username: 'ada', actorIri: 'https://p.example/u', host: 'p.example' };
  const inbox = { inbox: 'https://p.example/i', deliveryInbox: 'https://p.example/i' };
  await store.followers.put({
    ...follower,
    ...inbox,
    followIri: 'https://p.example/f',
    since: new Date(),
  });
  expect(await dev('seed --yes')).toMatchObject({
    code: 5,
    errors: expect.stringMatching(/other servers/),
  });
  await store.followers.remove('ada', follower.actorIri);
});

test('a world comes by the same ways as ever, and goes without a trace', async () => {
  const before = await dump();
  const seeded = await dev('seed --yes --json');
  expect(seeded).toMatchObject({ code: 0, errors: expect.stringMatching(/each has the password/) });
  expect(JSON.parse(seeded.result).observed).toMatchObject({ users: 4, runs: 4, pictures: 7 });
  expect(await redisCommand(inject('redisUrl'), 'KEYS', '{artdag-seed-*')).toBe('*0');

  const claims = await Array.fromAsync(store.assets.stream({}));
  const seedClaims = claims.filter(({ owner }) => owner !== 'ada');
  const states = Object.groupBy(seedClaims, ({ state }) => state);
  expect(states['withdrawn']?.map(({ name }) => name)).toEqual(['Dusk, study 3']);
  expect(Object.keys(states).sort()).toEqual(['signed', 'withdrawn']);
  for (const { activityId } of seedClaims)
    expect(await store.activities.find(activityId ?? '')).toMatchObject({ verified: 'package' });
  const pictures = seedClaims.filter(({ assetType }) => assetType === 'image');
  expect(new Set(pictures.map(({ picture }) => picture?.state))).toEqual(new Set(['kept']));
  const contested = await store.assets.find('Two stones in a pond');
  expect(await store.activities.listClaims(contested?.contentHash ?? '', 9)).toHaveLength(2);
  expect(await store.followers.count('mira')).toBe(3);

  const whole = await dump();
  expect(await dev('seed')).toMatchObject({ code: 0, errors: expect.stringMatching(/already/) });
  expect(await dev('unseed')).toMatchObject({ code: 2, errors: expect.stringMatching(/--yes/) });
  expect(await dev('unseed --dry-run')).toMatchObject({ code: 0 });
  expect(await dump()).toEqual(whole);

  expect(await dev('unseed --yes')).toMatchObject({ code: 0 });
  expect(await dump()).toEqual(before);
  expect(await readdir(keys)).toEqual([]);
  expect((await dev('unseed --yes')).errors).toMatch(/Nothing was seeded/);
});
