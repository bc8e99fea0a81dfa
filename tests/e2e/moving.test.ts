import { createPublicKey, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLosslessJson, verifyRsaSignature2017 } from '@artdag/signatures';
import { connectStore } from '@artdag/store';
import {
  activityIdOf,
  createTestDatabaseUrl,
  makeOriginalKeys,
  type OriginalWork,
  originalFiles,
  waitFor,
  writeOriginalFiles,
} from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runPython } from '../interop/run-python.ts';
import { get, password, post } from './client.ts';
import { createOwnServer, type OwnServer } from './own-server.ts';
import { runCli, startCli } from './run-cli.ts';

/** As the original makes them: it has no Ed25519 keys. */
const keys = makeOriginalKeys(false);
const PASSWORD_HASH = '$2b$04$5WQfpTvsDZMWt5sPJ/pw4eTRHFnof8VUg0v2cezGw7eyPQAV9uT.G';
const WORKS: readonly OriginalWork[] = [
  { name: 'cat', metadata: '{"fps": 30.0, "seed": 12345678901234567890}' },
  { name: 'effect:identity', metadata: '{}' },
  { name: '→ \u{1f408}', metadata: '{"a": 1e-7}', convention: 'object-only' },
];
const FILES = {
  ...originalFiles(WORKS, keys),
  'users.json': `{"users": {"giles": {"username": "giles", "password_hash": "${PASSWORD_HASH}", "created_at": "2026-01-01T00:00:00"}}}`,
};
const python = (script: string, ...args: string[]) =>
  runPython({ script, requirement: 'cryptography==46.0.7' }, args);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artdag-moving-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a server on a data directory of the original', () => {
  let server: OwnServer;
  const domain = { ARTDAG_DOMAIN: 'artdag.rose-ash.com' };
  beforeAll(async () => {
    server = await createOwnServer('artdag-l2 serve');
    await writeOriginalFiles(server.dataDir, FILES);
    const first = await server.start(domain);
    expect(first.output()).toContain('has a registry of the original, and the database is empty.');
    expect(first.output()).toContain(`npm run artdag-l2 -- import '${server.dataDir}'`);
    await first.end('SIGTERM');
    await server.start({ ...domain, ARTDAG_IMPORT: 'auto' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('shows the key of the file, and old activities that still verify', async () => {
    const actor = await get(`${server.url}/users/giles`);
    expect(actor.json.publicKey.publicKeyPem).toBe(keys.files['giles.pub']);
    expect(actor.json.name).toBe('Giles Bradshaw');
    const old = await get(`${server.url}/activities/${activityIdOf({ name: 'cat' })}`);
    expect(await python('verify_activity.py', ...(await saved(old.text)))).toBe('verified');
    const shown = createPublicKey(actor.json.publicKey.publicKeyPem);
    for (const work of WORKS) {
      const { text } = await get(`${server.url}/activities/${activityIdOf(work)}`);
      expect(verifyRsaSignature2017(parseLosslessJson(text), shown)).toMatchObject({
        convention: work.convention ?? 'package',
      });
    }
    const outbox = await get(`${server.url}/users/giles/outbox?page=first`);
    expect(
      outbox.json.orderedItems.map((item: { object: { name: string } }) => item.object.name),
    ).toEqual(WORKS.map(({ name }) => name).reverse());
  });

  test('lets its user in with his old password, and signs what he does with his old key', async () => {
    const login = await post(`${server.url}/auth/login`, { username: 'giles', password });
    expect(login.status).toBe(200);
    const body = { name: 'new', content_hash: 'abc123...', asset_type: 'image' };
    const { json, text } = await post(`${server.url}/registry`, body, login.json.access_token);
    expect(json.activity.signature.creator).toBe(
      'https://artdag.rose-ash.com/users/giles#main-key',
    );
    const activity = text.slice(text.indexOf('"activity":') + '"activity":'.length, -1);
    expect(await python('verify_activity.py', ...(await saved(activity)))).toBe('verified');
  });
});

async function saved(activity: string): Promise<[string, string]> {
  const directory = join(folder, randomUUID());
  await writeOriginalFiles(directory, { 'activity.json': activity, keys: keys.files });
  return [join(directory, 'activity.json'), join(directory, 'keys', 'giles.pub')];
}

describe('the command line', () => {
  const call = (name: string, mongodbUrl = createTestDatabaseUrl(inject('mongodbUrl'))) => ({
    env: {
      MONGODB_URL: mongodbUrl,
      ARTDAG_DATA: join(folder, name),
      ARTDAG_DOMAIN: 'artdag.rose-ash.com',
    },
  });

  test('an import that is killed is completed by the next one', async () => {
    const directory = join(folder, 'many');
    const many = Array.from({ length: 800 }, (_, number) => ({
      name: `work ${number}`,
      metadata: '{"n": 1.0}',
      damage: 'unsigned' as const,
    }));
    await writeOriginalFiles(directory, {
      ...originalFiles(many, keys),
      'users.json': FILES['users.json'],
    });
    const whole = call('whole');
    const broken = { env: { ...whole.env, MONGODB_URL: call('').env.MONGODB_URL } };
    await using store = await connectStore(broken.env.MONGODB_URL);
    const child = startCli(['import', directory], broken);
    await waitFor('some activities are in', async () => (await store.activities.count()) > 0);
    await child.end('SIGKILL');
    expect(await store.activities.count()).toBeLessThan(800);

    const [again, once] = await Promise.all([
      runCli(['import', directory, '--json'], broken),
      runCli(['import', directory, '--json'], whole),
    ]);
    expect([again.code, once.code]).toEqual([0, 0]);
    const { records, report } = JSON.parse(once.result).observed;
    expect(records).toHaveLength(1603);
    expect(report.verified).toEqual({ package: 0, 'object-only': 0, none: 800 });
    await using other = await connectStore(whole.env.MONGODB_URL);
    for (const name of ['assets', 'activities', 'users', 'followers']) {
      const [ours, theirs] = await Promise.all(
        [store, other].map(({ backup }) => Array.fromAsync(backup.dump(name))),
      );
      expect(ours).toEqual(theirs);
    }
  });

  test('an export is loaded and verified by the original, and moves to a third server and back', async () => {
    const directory = join(folder, 'small');
    await writeOriginalFiles(directory, FILES);
    const first = call('first');
    expect((await runCli(['import', directory], first)).code).toBe(0);
    const exported = join(folder, 'exported');
    const { code, result } = await runCli(['export', exported], first);
    expect({ code, result }).toEqual({
      code: 0,
      result: expect.stringContaining('registry.json\t3\nactivities.json\t3\n'),
    });
    expect(JSON.parse(await python('load_data_directory.py', exported))).toEqual({
      assets: 3,
      activities: 3,
      verified: [activityIdOf({ name: 'cat' }), activityIdOf({ name: 'effect:identity' })],
    });

    const backup = join(folder, 'backup');
    expect((await runCli(['export', backup, '--format', 'ndjson'], first)).code).toBe(0);
    const third = call('third');
    expect((await runCli(['restore', backup], third)).code).toBe(0);
    const again = join(folder, 'again');
    expect((await runCli(['export', again], third)).code).toBe(0);
    for (const name of ['registry.json', 'activities.json', 'users.json', 'keys/giles.pem']) {
      expect(await readFile(join(again, name), 'utf8')).toBe(
        await readFile(join(exported, name), 'utf8'),
      );
    }
    expect((await runCli(['restore', backup], third)).code).toBe(5);
  });

  test.each([
    ['no directory', ['import', '/nowhere/at/all'], 3],
    ['no argument', ['import'], 2],
    ['a format that is none', ['export', '/tmp/x', '--format', 'xml'], 2],
    ['no backup', ['restore', '/nowhere/at/all'], 3],
  ])('an exit code says what went wrong: %s', async (_, args, code) => {
    const answer = await runCli(args, call('exit'));
    expect(answer).toMatchObject({ code, result: '' });
    expect(answer.errors).not.toBe('');
  });
});
