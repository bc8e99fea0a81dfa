import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createIris } from '@artdag/activitypub';
import {
  activityIdOf,
  activityRecord,
  makeOriginalKeys,
  ORIGINAL_BASE,
  type OriginalWork,
  originalFiles,
} from '@artdag/testing';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { parseRawMembers } from '../json-file/raw-members.ts';
import { createScene, makeDirectoryOf, type Scene } from '../testing/create-scene.ts';
import { exportArchive } from './export-archive.ts';

const keys = makeOriginalKeys();

const EXPORTED = ['actor.json', 'registry.json', 'activities.json', 'users.json', 'followers.json'];

const exportTo = (scene: Scene, name: string, withPrivateKeys = true) =>
  exportArchive({
    directory: scene.path(name),
    store: scene.store,
    keyDirectory: scene.keyDirectory,
    iris: createIris(ORIGINAL_BASE),
    firstUser: 'giles',
    withPrivateKeys,
  });

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const number = fc.constantFrom('30.0', '-0.0', '1e-7', '1E400', '0.1', '12345678901234567890', '7');
const value = fc.oneof(
  number,
  text.map((string) => JSON.stringify(string)),
  fc.constantFrom('null', 'true', '[]', '{}', '[1.50, {"a":"\\ud83d\\udc08"}]', '"\\ud800"'),
);
/** Members that records have anyway. */
const RESERVED = new Set([
  '',
  'id',
  'to',
  'cc',
  'l2',
  'url',
  'type',
  'name',
  'inbox',
  'actor',
  'proof',
]);

const metadata = fc
  .dictionary(fc.oneof(text, fc.constantFrom('__proto__', '$set', 'a.b', '10', '9')), value, {
    maxKeys: 4,
  })
  .map(
    (members) =>
      `{${Object.entries(members)
        .map(([key, json]) => `${JSON.stringify(key)}: ${json}`)
        .join(', ')}}`,
  );
const name = fc.oneof(
  text.filter((string) => string !== ''),
  fc.constantFrom('effect:identity', 'a/b?c#d', '..', 'x'.repeat(2000), '\u2028', 'A', 'a'),
);
const work: fc.Arbitrary<OriginalWork> = fc.record({
  name,
  metadata: fc.oneof(
    metadata,
    fc.constantFrom('[]', `{"deep":${'['.repeat(300)}${']'.repeat(300)}}`),
  ),
  published: fc.constantFrom(
    '2026-01-06T23:01:27Z',
    '2026-01-06T23:01:28Z',
    '2025-12-31T00:00:00Z',
    'soon',
    '',
  ),
  createdAt: fc.constantFrom(
    '1767740487.25',
    '1767740487.0',
    '1767740487',
    '"2026-01-06T23:01:27.123456"',
    'null',
  ),
  convention: fc.constantFrom('package', 'object-only'),
  damage: fc.constantFrom(undefined, 'metadata-lost', 'type-changed', 'unsigned'),
  more: fc.constantFrom(
    {},
    { path: '"/a"' },
    { local_path: '"/b"', extra: '{"n": 1.0}' },
    { url: '"https://art.example/"' },
    { url: '"ftp://x"' },
  ),
} satisfies { [K in keyof OriginalWork]?: unknown }) as fc.Arbitrary<OriginalWork>;

const further = fc.dictionary(
  fc.oneof(
    text.filter((key) => !RESERVED.has(key)),
    fc.constantFrom('__proto__', 'a.b', '$set', '10', 'icon'),
  ),
  value,
  { minKeys: 1, maxKeys: 6 },
);

/** Adds generated members to a record, whose last character is a brace. */
const extend = (record: string, members: Readonly<Record<string, string>>) => {
  const texts = Object.entries(members).map(([key, json]) => `, ${JSON.stringify(key)}: ${json}`);
  return `${record.slice(0, -1)}${texts.join('')}}`;
};

/** The original's files, in which every kind of record has members that nobody knows. */
function extendedFiles(works: readonly OriginalWork[]) {
  const [actor = {}, user = {}, follower = {}, activity = {}] = fc.sample(further, {
    numRuns: 4,
    seed: 11,
  });
  const files = originalFiles(works, keys);
  return {
    actor,
    files: {
      ...files,
      'actor.json': extend(extend(String(files['actor.json']), actor), { private_key: '"secret"' }),
      'users.json': `{"users": {"giles": ${extend('{"username": "giles"}', user)}}}`,
      'followers.json': `[${extend('{"actor": "https://peer.example/users/ann"}', follower)}]`,
      'activities.json': `[${works.map((one) => extend(activityRecord(one, keys), activity)).join(',')}]`,
    },
  };
}

test('importing an export gives what was exported, and changes nothing where it was exported from', async () => {
  const works = fc.sample(work, { numRuns: 60, seed: 7 });
  await using scene = await createScene(inject('mongodbUrl'));
  await using other = await createScene(inject('mongodbUrl'));
  const { files: extended, actor } = extendedFiles(works);
  const directory = await makeDirectoryOf(scene, 'original', extended);
  const { files } = await scene.import(directory, { withRepairs: true });
  expect(files['activities.json']?.found).toBe(works.length);
  const dump = await scene.dump();
  expect(JSON.stringify(dump)).not.toContain('secret');

  await exportTo(scene, 'export');
  await scene.import(scene.path('export'));
  expect(diffOf(await scene.dump(), dump)).toEqual([]);
  await other.import(scene.path('export'));
  expect(diffOf(await other.dump(), dump)).toEqual([]);
  await exportTo(other, 'again');
  const written = parseRawMembers(await readFile(scene.path('export/actor.json'), 'utf8'));
  expect(Object.fromEntries(written)).toMatchObject(actor);
  for (const file of EXPORTED) {
    const [first, second] = await Promise.all(
      [scene.path('export'), other.path('again')].map((path) => readFile(join(path, file), 'utf8')),
    );
    expect(second).toBe(first);
  }
});

test('private keys are for the owner alone, and can be left out; nothing is written over', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  await scene.import(
    await makeDirectoryOf(scene, 'original', originalFiles([{ name: 'a', metadata: '{}' }], keys)),
  );
  const { keys: count } = await exportTo(scene, 'whole');
  expect(count).toBe(1);
  const mode = async (path: string) => (await stat(scene.path(path))).mode & 0o777;
  expect(
    await Promise.all(
      ['whole', 'whole/keys', 'whole/keys/giles.pem', 'whole/users.json'].map(mode),
    ),
  ).toEqual([0o700, 0o700, 0o600, 0o600]);
  expect(await readFile(scene.path('whole/keys/giles.pem'), 'utf8')).toBe(keys.files['giles.pem']);
  await exportTo(scene, 'public', false);
  await expect(stat(scene.path('public/keys/giles.pem'))).rejects.toThrow();
  expect(await readFile(scene.path('public/keys/giles.pub'), 'utf8')).toBe(keys.files['giles.pub']);
  await expect(exportTo(scene, 'whole')).rejects.toMatchObject({ code: 'conflict' });
});

type Dump = Awaited<ReturnType<Scene['dump']>>;

/** Documents of which only one side has the like: short enough to be read. */
function diffOf(dump: Dump, other: Dump): string[] {
  const texts = (side: Dump) =>
    Object.entries(side).flatMap(([name, lines]) => lines.map((line) => `${name} ${line}`));
  const [ours, theirs] = [new Set(texts(dump)), new Set(texts(other))];
  const only = (side: Set<string>, from: Set<string>) =>
    [...side].filter((line) => !from.has(line));
  return [...only(ours, theirs), ...only(theirs, ours)].map((line) => line.slice(0, 1500));
}

test('what the original does not know comes through: a disabled user, what is withdrawn, who is told', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  await using other = await createScene(inject('mongodbUrl'));
  const works = [
    { name: 'a', metadata: '{}' },
    { name: 'b', metadata: '{}' },
  ];
  await scene.import(await makeDirectoryOf(scene, 'original', originalFiles(works, keys)));
  const { store } = scene;
  const at = new Date('2026-02-01T00:00:00.123Z');
  await store.documents.users.change('giles', {}, { disabledAt: at, summary: 'I paint' });
  await store.activities.withdraw(activityIdOf({ name: 'b' }), at);
  await store.assets.withdraw(activityIdOf({ name: 'b' }));
  await store.activities.insertSigned({
    activityId: 'follow-1',
    type: 'Follow',
    actor: 'giles',
    publishedAt: at,
    objectIri: 'https://peer.example/users/ann',
    audience: { kind: 'actors', actorIris: ['https://peer.example/users/ann'] },
    isPublic: false,
    text: `{"@context":"https://www.w3.org/ns/activitystreams","type":"Follow","id":"${ORIGINAL_BASE}/activities/follow-1","actor":"${ORIGINAL_BASE}/users/giles","object":"https://peer.example/users/ann","published":"2026-02-01T00:00:00Z","to":["https://peer.example/users/ann"],"cc":[]}`,
    signedAt: at,
    verified: false,
  });
  await store.activities.settleFanOut('follow-1');
  await exportTo(scene, 'export');
  await other.import(scene.path('export'));
  expect(diffOf(await other.dump(), await scene.dump())).toEqual([]);
  expect(await other.store.assets.find('b')).toMatchObject({ state: 'withdrawn' });
});
