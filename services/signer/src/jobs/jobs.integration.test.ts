import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIris } from '@artdag/activitypub';
import { createFileKeyring } from '@artdag/keyring';
import {
  parseEd25519Multikey,
  parseLosslessJson,
  verifyEddsaJcs2022Proof,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import type { NewAsset, Store } from '@artdag/store';
import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type { SignerContext } from '../context.ts';
import { createKeysHandler } from './create-keys.ts';
import { signActivityHandler } from './sign-activity.ts';

const createdAt = new Date('2026-01-06T23:01:27.500Z');
const signal = new AbortController().signal;

let store: Store;
let directory: string;
let context: SignerContext;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
  directory = join(mkdtempSync(join(tmpdir(), 'artdag-signer-')), 'keys');
  context = {
    store,
    producer: { enqueue: async () => 'queued' },
    keyring: createFileKeyring({ directory }),
    iris: createIris('https://art.example'),
    now: () => new Date(),
  };
  await addUser('giles');
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(join(directory, '..'), { recursive: true });
});

function addUser(username: string) {
  const user = { username, displayName: username, passwordHash: null, role: 'user', createdAt };
  return store.users.insert({ ...user, role: 'user' });
}

async function addAsset(name: string, changes: Partial<NewAsset> = {}): Promise<string> {
  const activityId = `claim-of-${name}`;
  await store.assets.insert({
    name,
    contentHash: `hash-of-${name}`,
    assetType: 'image',
    tags: [],
    metadata: '{"fps":30.0,"→":12345678901234567890,"\u{1f408}":1e-7}',
    createdAt: createdAt.toISOString(),
    owner: 'giles',
    registeredAt: createdAt,
    activityId,
    ...changes,
  });
  return activityId;
}

const sign = (activityId: string, from = context) =>
  signActivityHandler(from).process({ activityId }, signal);
const dueNow = () => store.assets.outbox.due('sign-activity', new Date(), 1000);

async function expectSignedOnce(name: string, activityId: string): Promise<string> {
  const activity = await store.activities.find(activityId);
  const keys = (await store.users.find('giles'))?.keys;
  if (!activity || !keys) throw new Error('nothing was signed');
  const document = parseLosslessJson(activity.text);
  expect(verifyRsaSignature2017(document, createPublicKey(keys.publicKeyPem))).toEqual({
    ok: true,
    convention: 'package',
  });
  const key = parseEd25519Multikey(keys.publicKeyMultibase);
  expect(verifyEddsaJcs2022Proof(document, key)).toMatchObject({ ok: true });
  expect((await store.assets.find(name))?.state).toBe('signed');
  expect(await dueNow()).not.toContain(activityId);
  return activity.text;
}

test('signs a claim with keys that it makes, and shows the public file as it is', async () => {
  const text = await addAsset('first').then(async (activityId) => {
    await sign(activityId);
    return expectSignedOnce('first', activityId);
  });
  expect(JSON.parse(text)).toMatchObject({
    '@context': 'https://www.w3.org/ns/activitystreams',
    type: 'Create',
    id: 'https://art.example/activities/claim-of-first',
    published: '2026-01-06T23:01:27Z',
  });
  const file = readFileSync(join(directory, 'giles.pub'), 'utf8');
  expect((await store.users.find('giles'))?.keys?.publicKeyPem).toBe(file);
});

test('a second run changes nothing', async () => {
  const activityId = await addAsset('twice');
  await sign(activityId);
  const activity = await store.activities.find(activityId);
  await sign(activityId);
  expect(await store.activities.find(activityId)).toEqual(activity);
  await expectSignedOnce('twice', activityId);
});

test('runs at the same time end with one text', async () => {
  const activityId = await addAsset('at once');
  const before = await store.activities.countByActor('giles');
  await Promise.all(Array.from({ length: 8 }, () => sign(activityId)));
  expect(await store.activities.countByActor('giles')).toBe(before + 1);
  await expectSignedOnce('at once', activityId);
});

test('a death between the two writes is made good by the next run, with the same text', async () => {
  const activityId = await addAsset('crash');
  const dying: SignerContext['store'] = {
    ...store,
    activities: {
      ...store.activities,
      async insertSigned(activity) {
        await store.activities.insertSigned(activity);
        throw new Error('killed');
      },
    },
  };
  await expect(sign(activityId, { ...context, store: dying })).rejects.toThrow('killed');
  const text = (await store.activities.find(activityId))?.text;
  expect((await store.assets.find('crash'))?.state).toBe('pending');
  expect(await dueNow()).toContain(activityId);
  await sign(activityId);
  expect(await expectSignedOnce('crash', activityId)).toBe(text);
});

test('a death before the first write leaves the promise', async () => {
  const activityId = await addAsset('early');
  const insertSigned = () => Promise.reject(new Error('killed'));
  const dying = { ...store, activities: { ...store.activities, insertSigned } };
  await expect(sign(activityId, { ...context, store: dying })).rejects.toThrow('killed');
  expect(await dueNow()).toContain(activityId);
  await sign(activityId);
  await expectSignedOnce('early', activityId);
});

test('a claim that was set aside can be signed after all', async () => {
  const activityId = await addAsset('aside');
  await signActivityHandler(context).setAside({ activityId }, 'key-unusable: odd');
  expect((await store.assets.find('aside'))?.state).toBe('failed');
  expect(await dueNow()).not.toContain(activityId);
  await sign(activityId);
  await expectSignedOnce('aside', activityId);
});

test('what nobody has promised is nothing to do', async () => {
  await expect(sign('claim-of-nothing')).resolves.toBeUndefined();
  expect(await store.activities.find('claim-of-nothing')).toBeUndefined();
});

test('a claim of nobody is no work to try again', async () => {
  const activityId = await addAsset('of nobody', { owner: 'nobody' });
  await expect(sign(activityId)).rejects.toMatchObject({ code: 'not-found' });
});

test.each(['constructor', 'effect', 'VIDEO'])('an asset of type %s can be signed', async (type) => {
  const activityId = await addAsset(`of ${type}`, { assetType: type });
  await sign(activityId);
  await expectSignedOnce(`of ${type}`, activityId);
});

test('keys are made once and published, also by two at once', async () => {
  await addUser('anna');
  const handler = createKeysHandler(context);
  const twice = [1, 2].map(() => handler.process({ username: 'anna' }, signal));
  await Promise.all(twice);
  const { keys } = (await store.users.find('anna')) ?? {};
  expect(keys?.publicKeyPem).toBe(readFileSync(join(directory, 'anna.pub'), 'utf8'));
  expect(await store.users.outbox.due('create-keys', new Date(), 100)).not.toContain('anna');
  const ensureKeys = vi.fn(context.keyring.ensureKeys);
  const again = createKeysHandler({ ...context, keyring: { ...context.keyring, ensureKeys } });
  await again.process({ username: 'anna' }, signal);
  await again.process({ username: 'nobody' }, signal);
  expect(ensureKeys).not.toHaveBeenCalled();
});
