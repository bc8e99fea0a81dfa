import { createPublicKey } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLosslessJson, pythonCanonical, verifyRsaSignature2017 } from '@artdag/signatures';
import {
  activityIdOf,
  activityRecord,
  contentHashOf,
  makeOriginalKeys,
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
    await expect(scene.import(other)).rejects.toMatchObject({ code: 'key-exists' });
    expect(await scene.dump()).toEqual(dump);
    expect(await readFile(join(scene.keyDirectory, 'giles.pem'), 'utf8')).toBe(
      keys.files['giles.pem'],
    );
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
