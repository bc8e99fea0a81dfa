import { createPublicKey } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError } from '@artdag/errors';
import { parseLosslessJson, pythonCanonical, verifyRsaSignature2017 } from '@artdag/signatures';
import {
  activityIdOf,
  activityRecord,
  assetRecord,
  contentHashOf,
  makeOriginalKeys,
  ORIGINAL_ACTOR,
  type OriginalFiles,
  type OriginalWork,
  originalFiles,
} from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createScene, fingerprint, makeDirectoryOf, type Scene } from '../testing/create-scene.ts';

const keys = makeOriginalKeys();
const METADATA =
  '{"fps": 30.0, "seed": 123456789012345678901234567890, "tiny": 1e-7, "→": ["\\ud83d\\udc08", null]}';
const WORKS: readonly OriginalWork[] = [
  { name: 'cat', metadata: METADATA },
  { name: 'effect:identity', metadata: '{}', createdAt: '"2026-01-06T23:01:27.123456+00:00"' },
  {
    name: '→ \u{1f408} ',
    metadata: METADATA,
    convention: 'object-only',
    createdAt: '1767740487.0',
  },
  { name: 'lost', metadata: METADATA, damage: 'metadata-lost' },
  { name: 'lost too', metadata: '{"a":1.50}', damage: 'metadata-lost', convention: 'object-only' },
  { name: 'changed', metadata: '{}', damage: 'type-changed' },
  { name: 'unsigned', metadata: '{}', damage: 'unsigned' },
  {
    name: 'elsewhere',
    metadata: '{}',
    idBase: 'https://artdag.rose-ash.com',
    more: { path: '"/art/a.png"' },
  },
  {
    name: '__proto__',
    metadata: '{"__proto__":{"$gt":1}}',
    more: { url: '"https://art.example/a.png"' },
  },
];

let scene: Scene;
beforeAll(async () => {
  scene = await createScene(inject('mongodbUrl'));
});
afterAll(() => scene[Symbol.asyncDispose]());

const activity = async (name: string) => scene.store.activities.find(activityIdOf({ name }));

describe('a directory of the original', () => {
  let directory: string;
  let before: Record<string, string>;
  let imported: Awaited<ReturnType<Scene['import']>>;
  beforeAll(async () => {
    directory = await makeDirectoryOf(scene, 'original', originalFiles(WORKS, keys));
    before = await fingerprint(directory);
    const looked = await scene.import(directory, { isDryRun: true });
    expect(await scene.store.backup.collections()).toEqual([]);
    imported = await scene.import(directory);
    expect(imported).toEqual(looked);
  });

  test('is reported record by record, and none of its files is changed', async () => {
    expect(imported.verified).toEqual({ package: 4, 'object-only': 1, none: 4 });
    expect(imported.repairs).toEqual({ possible: 2, done: 0 });
    expect(imported.keys).toEqual({ copied: 1, there: 0 });
    expect(imported.files['activities.json']).toEqual({
      found: 9,
      imported: 9,
      there: 0,
      changed: 0,
      odd: 0,
    });
    expect(imported.records).toContainEqual({
      position: 'activities.json/activities/3',
      id: activityIdOf({ name: 'lost' }),
      outcome: 'imported',
      verified: false,
      reason: 'it would verify with the metadata of the registry put back: --repair does so',
    });
    expect(await fingerprint(directory)).toEqual(before);
  });

  test('activities are served as they were signed, byte for byte where the signature covers them', async () => {
    const key = createPublicKey(keys.files['giles.pub'] ?? '');
    for (const { name } of WORKS.filter((work) => !work.damage)) {
      const { text = '', verified } = (await activity(name)) ?? {};
      expect(verifyRsaSignature2017(parseLosslessJson(text), key)).toMatchObject({
        convention: verified,
      });
    }
    expect((await activity('cat'))?.text).toContain(`"metadata": ${METADATA}}`);
    expect((await activity('changed'))?.verified).toBe(false);
    expect((await activity('unsigned'))?.text).not.toContain('signature');
  });

  test('assets keep what the registry shows, and the claim that stands for them', async () => {
    const { assets } = scene.store;
    expect(await assets.find('cat')).toMatchObject({
      contentHash: contentHashOf({ name: 'cat' }),
      metadata: METADATA,
      createdAt: 1767740487.25,
      owner: 'giles',
      activityId: activityIdOf({ name: 'cat' }),
      state: 'signed',
    });
    expect(await assets.find('effect:identity')).toMatchObject({
      createdAt: '2026-01-06T23:01:27.123456+00:00',
    });
    expect(await assets.find('elsewhere')).toMatchObject({ localPath: '/art/a.png' });
    expect(await assets.find('changed')).toMatchObject({ state: 'unsigned' });
    const names = await Array.fromAsync(assets.stream({}), ({ name }) => name);
    expect(names.toSorted()).toEqual(WORKS.map(({ name }) => name).toSorted());
  });

  test('the outbox is in the order of the file, though all was published in one second', async () => {
    const page = await scene.store.activities.pageByActor('giles', undefined, 20);
    expect(page.map(({ activityId }) => activityId)).toEqual(WORKS.map(activityIdOf).reverse());
  });

  test('the user has his password and name, his key is byte for byte that of the file', async () => {
    const user = await scene.store.users.find('giles');
    expect(user).toMatchObject({
      displayName: 'Giles Bradshaw',
      role: 'operator',
      passwordHash: `$2b$04$${'a'.repeat(53)}`,
      keys: { publicKeyPem: keys.files['giles.pub'] },
    });
    const modes = async (name: string) => (await stat(join(scene.keyDirectory, name))).mode & 0o777;
    expect([await modes('.'), await modes('giles.pem'), await modes('giles.pub')]).toEqual([
      0o700, 0o600, 0o644,
    ]);
  });

  test('followers without an inbox are promised one', async () => {
    expect(await scene.store.followers.count('giles')).toBe(2);
    expect(await scene.store.followers.outbox.due('resolve-follower', new Date(), 9)).toEqual([
      'giles https://peer.example/users/ann',
      'giles https://peer.example/users/bob',
    ]);
  });

  test('again it changes nothing; with repairs the form that verifies is served, beside the other', async () => {
    const dump = await scene.dump();
    const again = await scene.import(directory);
    expect(again.files['registry.json']).toMatchObject({
      there: 9,
      imported: 0,
      changed: 0,
      odd: 0,
    });
    expect(await scene.dump()).toEqual(dump);

    const { repairs, verified } = await scene.import(directory, { withRepairs: true });
    expect({ repairs, verified }).toEqual({
      repairs: { possible: 2, done: 2 },
      verified: { package: 5, 'object-only': 2, none: 2 },
    });
    expect(await activity('lost')).toMatchObject({ verified: 'package' });
    const stored = (
      await scene.store.documents.activities.find([activityIdOf({ name: 'lost' })])
    ).values();
    const original = parseLosslessJson(stored.next().value?.original ?? '');
    const source = parseLosslessJson(activityRecord(WORKS[3] ?? { name: '', metadata: '' }, keys));
    expect(pythonCanonical(original)).toBe(pythonCanonical(source));
    expect(await scene.store.assets.find('lost')).toMatchObject({ state: 'signed' });
    const repaired = await scene.dump();
    await scene.import(directory);
    expect(await scene.dump()).toEqual(repaired);
  });

  test('a name that is taken by something else is kept aside, and nothing is overwritten', async () => {
    const dump = await scene.dump();
    const other: OriginalWork = { name: 'cat', metadata: '{"other":true}' };
    const files = originalFiles([other], makeOriginalKeys());
    const conflicting = await makeDirectoryOf(scene, 'conflicting', { ...files, keys: {} });
    const { files: counts, records } = await scene.import(conflicting);
    expect(counts['registry.json']).toMatchObject({ odd: 1, imported: 0 });
    expect(records).toContainEqual({
      position: 'registry.json/assets/cat',
      id: 'cat',
      outcome: 'odd',
      reason: 'this server has another one of its name',
    });
    const { odd_records: odd = [], ...rest } = await scene.dump();
    expect(rest).toEqual({ ...dump, odd_records: undefined });
    expect(odd.join()).toContain('\\"other\\":true');
  });

  test('another key is refused before anything is written', async () => {
    const dump = await scene.dump();
    const files = originalFiles([{ name: 'new', metadata: '{}' }], makeOriginalKeys());
    const other = await makeDirectoryOf(scene, 'other-key', files);
    await expectRefusal(scene.import(other), 'key-exists');
    expect(await scene.dump()).toEqual(dump);
    expect(await readFile(join(scene.keyDirectory, 'giles.pem'), 'utf8')).toBe(
      keys.files['giles.pem'],
    );
  });
});

async function expectRefusal(work: Promise<unknown>, code: Parameters<typeof isAppError>[1]) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code });
  expect(isAppError(error)).toBe(true);
  return error;
}

describe('odd directories', () => {
  const work: OriginalWork = { name: 'w', metadata: '{}' };
  const list = (...records: readonly string[]) => `{"activities": [${records.join(',')}]}`;
  const oddOf = async (name: string, files: OriginalFiles) => {
    const { records } = await scene.import(
      await makeDirectoryOf(scene, name, { ...files, keys: keys.files }),
    );
    return records
      .filter(({ outcome }) => outcome === 'odd')
      .map(({ position, reason }) => `${position}: ${reason}`);
  };

  test('broken records are kept with their place and the reason, beside whole ones', async () => {
    const good = activityRecord({ name: 'good one', metadata: '{}' }, keys);
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const records = [
      '5',
      'null',
      '{"activity_id": 7}',
      good,
      good,
      good
        .replace(ORIGINAL_ACTOR, 'https://evil.example/users/giles')
        .replace(/"activity_id": "[^"]*"/, '"activity_id": "e1"'),
      `{"activity_id": "../../etc", "activity_type": "Create", "actor_id": "${ORIGINAL_ACTOR}", "object_data": {}}`,
      `{"activity_id": "d1", "activity_type": "Create", "actor_id": "${ORIGINAL_ACTOR}", "object_data": ${deep}}`,
      `{"activity_id": "n1", "activity_type": "Create", "actor_id": "${ORIGINAL_ACTOR}", "object_data": {"a": NaN}}`,
    ];
    const odd = await oddOf('broken', { 'activities.json': list(...records) });
    expect(odd.map((line) => line.replace(/(line|column) \d+/g, '$1 n'))).toEqual([
      'activities.json/activities/0: it is not an object',
      'activities.json/activities/1: it is not an object',
      'activities.json/activities/2: activity_id is no text',
      'activities.json/activities/4: its id is that of a record before it',
      'activities.json/activities/5: its actor https://evil.example/users/giles is not of this server',
      'activities.json/activities/6: activity_id cannot stand in an address',
      'activities.json/activities/7: it is not JSON: Not valid JSON at line n, column n: nested more than 90 deep.',
      'activities.json/activities/8: it is not JSON: Not valid JSON at line n, column n: a value is expected.',
    ]);
    const kept = await Array.fromAsync(scene.store.documents.oddRecords.stream());
    expect(kept.map(({ text }) => text)).toEqual(
      expect.arrayContaining([deep, '5'].map((text) => expect.stringContaining(text))),
    );
    expect(await activity('good one')).toMatchObject({ verified: 'package' });
  });

  test('assets that cannot be taken', async () => {
    const named = (name: string, record: string) => `${JSON.stringify(name)}: ${record}`;
    const long = 'x'.repeat(1_000_000);
    const assets = [
      named('no hash', '{"name": "no hash"}'),
      named(long, assetRecord(work)),
      named('bad hash', assetRecord(work).replace(contentHashOf(work), '{$gt: 1}')),
      named('tags', assetRecord(work).replace('["a", "b"]', '{"$gt": ""}')),
      named('script', assetRecord({ ...work, more: { url: '"javascript:alert(1)"' } })),
      '"\\ud800": {}',
    ];
    const odd = await oddOf('assets', { 'registry.json': `{"assets": {${assets.join(',')}}}` });
    expect(odd).toEqual([
      'registry.json/assets/no hash: content_hash is none',
      `registry.json/assets/${'x'.repeat(80)}…: its name has more than 1024 characters`,
      'registry.json/assets/bad hash: content_hash is none',
      'registry.json/assets/tags: tags are no texts',
      'registry.json/assets/\ud800: its name is not well-formed',
    ]);
    const script = await scene.store.assets.find('script');
    expect(script).toBeDefined();
    expect(script).not.toHaveProperty('url');
  });

  test.each([
    ['an array of addresses', '["https://shape.example/users/a"]', 'a'],
    ['an object with a list', '{"followers": ["https://shape.example/users/b"]}', 'b'],
    [
      'a list of actors and inboxes',
      '[{"actor": "https://shape.example/users/c", "inbox": "https://shape.example/inbox"}]',
      'c',
    ],
  ])('followers as %s', async (_, text, name) => {
    expect(await oddOf(`followers-${name}`, { 'followers.json': text })).toEqual([]);
    expect(
      await scene.store.followers.isFollower('giles', `https://shape.example/users/${name}`),
    ).toBe(true);
  });

  test.each([
    ['a map', '{"shape-a": {"username": "shape-a", "password_hash": null}}', 'shape-a'],
    [
      'a map in a map',
      '{"users": {"shape-b": {"password_hash": null, "created_at": 1767740487.5}}}',
      'shape-b',
    ],
  ])('users as %s', async (_, text, name) => {
    expect(await oddOf(`users-${name}`, { 'users.json': text })).toEqual([]);
    expect(await scene.store.users.find(name)).toMatchObject({ role: 'user', passwordHash: null });
  });

  test('a user whose name or password cannot be used', async () => {
    const users = '{"../etc": {}, "Big": {}, "plain": {"password_hash": "secret"}, "version": 1}';
    expect(await oddOf('users-odd', { 'users.json': users })).toEqual([
      'users.json/..~1etc: its name cannot be that of a user',
      'users.json/Big: its name cannot be that of a user',
      'users.json/plain: password_hash is neither bcrypt nor argon2id',
    ]);
  });

  test.each([
    [
      'a file that is cut short',
      { 'activities.json': list(activityRecord(work, keys)).slice(0, -40) },
      /activities\.json cannot be read: it ends at byte \d+, in \/activities\/0/,
    ],
    ['a file that is empty', { 'registry.json': '' }, /it ends at byte 0/],
    [
      'a file that is something else',
      { 'followers.json': '<html>' },
      /at byte 0 an object or an array is expected/,
    ],
    [
      'a record of ten megabytes',
      { 'registry.json': `{"assets": {"a": {"x": "${'x'.repeat(10_000_000)}"}}}` },
      /\/assets\/a, which begins at byte 17, has more than \d+ bytes/,
    ],
  ])('%s stops the import before it begins', async (name, files, message) => {
    const dump = await scene.dump();
    const directory = await makeDirectoryOf(scene, name, {
      ...originalFiles([work], keys),
      ...files,
    });
    const error = await scene.import(directory).catch((reason: unknown) => reason);
    expect(isAppError(error) && error.message).toMatch(message);
    expect(isAppError(error) && error.message).toMatch(/Nothing was imported/);
    expect(await scene.dump()).toEqual(dump);
  });

  test('the directory of another server is refused with the setting that is wrong', async () => {
    const foreign = activityRecord(work, keys).replaceAll(
      'https://artdag.rose-ash.com',
      'https://other.example',
    );
    const directory = await makeDirectoryOf(scene, 'foreign', { 'activities.json': list(foreign) });
    const error = await expectRefusal(scene.import(directory), 'conflict');
    expect(String(error)).toContain('The activities are of https://other.example');
  });

  test('no directory, or an empty one', async () => {
    await expectRefusal(scene.import(scene.path('nowhere')), 'not-found');
    await expectRefusal(scene.import(await makeDirectoryOf(scene, 'empty', {})), 'not-found');
  });
});

describe('keys and records apart', () => {
  test('records without keys are kept as not verified, and verify once the keys are there', async () => {
    await using other = await createScene(inject('mongodbUrl'));
    const files = originalFiles([{ name: 'cat', metadata: '{}' }], keys);
    const directory = await makeDirectoryOf(other, 'original', { ...files, keys: {} });
    const first = await other.import(directory);
    expect(first.verified).toEqual({ package: 0, 'object-only': 0, none: 1 });
    expect(first.records).toContainEqual(
      expect.objectContaining({ reason: 'there is no key of its actor' }),
    );
    expect(await other.store.assets.find('cat')).toMatchObject({ state: 'unsigned' });

    for (const [name, text] of Object.entries(keys.files))
      await writeFile(join(directory, 'keys', name), text);
    const second = await other.import(directory);
    expect(second.files['activities.json']).toMatchObject({ changed: 1 });
    expect(await other.store.activities.find(activityIdOf({ name: 'cat' }))).toMatchObject({
      verified: 'package',
    });
    expect(await other.store.assets.find('cat')).toMatchObject({ state: 'signed' });
    expect(await other.store.users.find('giles')).toMatchObject({
      keys: { publicKeyPem: keys.files['giles.pub'] },
    });
  });

  test('keys without records make their users', async () => {
    await using other = await createScene(inject('mongodbUrl'));
    const directory = await makeDirectoryOf(other, 'keys-only', {
      keys: { ...keys.files, 'eve.pub': keys.files['giles.pub'] ?? '', 'notes.txt': 'mine' },
    });
    const { records, keys: counts } = await other.import(directory);
    expect(counts).toEqual({ copied: 1, there: 0 });
    expect(records.map(({ position }) => position).sort()).toEqual([
      'keys/eve.pub',
      'keys/notes.txt',
    ]);
    expect(await other.store.users.find('giles')).toMatchObject({
      role: 'operator',
      keys: { publicKeyPem: keys.files['giles.pub'] },
    });
  });
});
