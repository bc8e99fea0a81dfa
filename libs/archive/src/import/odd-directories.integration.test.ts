import { isAppError } from '@artdag/errors';
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
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createScene, makeDirectoryOf, type Scene } from '../testing/create-scene.ts';

const keys = makeOriginalKeys();
let scene: Scene;
beforeAll(async () => {
  scene = await createScene(inject('mongodbUrl'));
});
afterAll(() => scene[Symbol.asyncDispose]());

const activity = async (name: string) => scene.store.activities.find(activityIdOf({ name }));

async function expectRefusal(work: Promise<unknown>, code: Parameters<typeof isAppError>[1]) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code });
  expect(isAppError(error)).toBe(true);
  return error;
}

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
  [
    'a map in which one is called users',
    '{"users": {"password_hash": null}, "shape-c": {"password_hash": null}}',
    'users',
  ],
  [
    'a map in a map in which one is called users',
    '{"users": {"users": {"email": ""}, "shape-d": {"email": ""}, "bad": 5}}',
    'shape-d',
  ],
  ['a list', '[{"username": "shape-e", "password_hash": null}]', 'shape-e'],
])('users as %s', async (_, text, name) => {
  const odd = text.includes('"bad"') ? ['users.json/users/bad: it is not an object'] : [];
  expect(await oddOf(`users-${name}`, { 'users.json': text })).toEqual(odd);
  expect(await scene.store.users.find(name)).toMatchObject({ role: 'user', passwordHash: null });
});

test.each([
  ['whose names stand in a frame', (text: string) => `{"version": "1.0", "assets": {${text}}}`],
  ['whose names stand in the root', (text: string) => `{${text}}`],
])('a registry %s, with an asset called assets', async (frame, write) => {
  const works = ['assets', frame].map((name) => ({ name, metadata: '{"a":1.0}' }));
  const text = works.map((one) => `${JSON.stringify(one.name)}: ${assetRecord(one)}`).join(', ');
  expect(await oddOf(`registry ${frame}`, { 'registry.json': write(text) })).toEqual([]);
  expect(await scene.store.assets.find('assets')).toMatchObject({ metadata: '{"a":1.0}' });
  expect(await scene.store.assets.find(frame)).toBeDefined();
});

test('what an actor file has that cannot be kept with its user is kept aside, but never a private key', async () => {
  const actor = `{"preferredUsername": "../x", "name": "X", "n": NaN, "private_key": "hidden", "keys": {"pem": "-----BEGIN PRIVATE KEY-----\\nhidden"}}`;
  const large = `{"name": "X", "preferredUsername": "giles", "icon": "${'x'.repeat(1_100_000)}"}`;
  expect(await oddOf('actor-odd', { 'actor.json': actor })).toEqual([
    'actor.json: its private_key is not taken: put it into keys/ as a file of its own',
    'actor.json/n: it is not JSON',
    'actor.json/preferredUsername: the file names no user that can be here',
    'actor.json/name: the file names no user that can be here',
  ]);
  expect(await oddOf('actor-large', { 'actor.json': large })).toEqual([
    'actor.json/icon: the file has more than 1048576 bytes',
  ]);
  const kept = await Array.fromAsync(scene.store.documents.oddRecords.stream());
  const texts = kept
    .filter(({ file }) => file === 'actor.json')
    .map(({ key, text }) => [key, text]);
  expect(texts).toContainEqual(['n', 'NaN']);
  expect(texts).toContainEqual(['preferredUsername', '"../x"']);
  expect(texts.filter(([key]) => key === 'icon')).toHaveLength(2);
  expect(texts.join()).not.toContain('hidden');
});

test.each([
  ['in a frame', (text: string) => `{"assets": [${text}]}`],
  ['alone', (text: string) => `[${text}]`],
])('a registry as a list %s', async (frame, write) => {
  const one: OriginalWork = { name: `listed ${frame}`, metadata: '{"n":1.0}' };
  expect(await oddOf(`list ${frame}`, { 'registry.json': write(assetRecord(one)) })).toEqual([]);
  expect(await scene.store.assets.find(one.name)).toMatchObject({ metadata: '{"n":1.0}' });
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
