import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';
import type { NewAsset } from './asset-repository.ts';

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

const registeredAt = new Date('2026-01-06T23:01:27.123Z');
const later = (ms: number) => new Date(registeredAt.getTime() + ms);

function assetNamed(name: string, changes: Partial<NewAsset> = {}): NewAsset {
  return {
    name,
    contentHash: 'abc123...',
    assetType: 'image',
    tags: ['real'],
    metadata: '{"fps":30.0}',
    createdAt: registeredAt.toISOString(),
    owner: 'giles',
    registeredAt,
    activityId: `claim of ${name}`,
    ...changes,
  };
}

async function namesOf(assets: AsyncIterable<{ name: string }>): Promise<string[]> {
  return (await Array.fromAsync(assets)).map(({ name }) => name);
}

test('gives back what was written, with numbers in their form', async () => {
  const asset = assetNamed('cat', { url: 'https://art.example/cat.jpg' });
  expect(await store.assets.insert(asset)).toBe('inserted');
  expect(await store.assets.find('cat')).toEqual({ ...asset, state: 'pending' });
  expect(await store.assets.findByActivity(asset.activityId)).toEqual({
    ...asset,
    state: 'pending',
  });
});

test('of many writers of one name one wins, and the others learn it', async () => {
  const owners = Array.from({ length: 32 }, (_, index) => `owner-${index}`);
  const results = await Promise.all(
    owners.map((owner) => store.assets.insert(assetNamed('wanted', { owner }))),
  );
  expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
  expect(results.filter((result) => result === 'duplicate')).toHaveLength(31);
  const winner = owners[results.indexOf('inserted')];
  expect((await store.assets.find('wanted'))?.owner).toBe(winner);
});

test('a claim is settled once and takes its promise out of the outbox', async () => {
  const asset = assetNamed('to sign');
  await store.assets.insert(asset);
  const due = () => store.assets.outbox.due('sign-activity', later(1), 1000);
  expect(await due()).toContain(asset.activityId);
  await store.assets.settleClaim(asset.activityId);
  await store.assets.settleClaim(asset.activityId);
  expect((await store.assets.find('to sign'))?.state).toBe('signed');
  expect(await due()).not.toContain(asset.activityId);
  await store.assets.failClaim(asset.activityId, 'too late', later(5));
  expect((await store.assets.find('to sign'))?.state).toBe('signed');
});

test('a claim that was set aside can still be signed', async () => {
  const asset = assetNamed('set aside');
  await store.assets.insert(asset);
  await store.assets.failClaim(asset.activityId, 'poison', later(5));
  expect((await store.assets.find('set aside'))?.state).toBe('failed');
  await store.assets.settleClaim(asset.activityId);
  expect((await store.assets.find('set aside'))?.state).toBe('signed');
});

describe('lists', () => {
  beforeAll(async () => {
    const owner = 'lister';
    const assets = [
      assetNamed('l:one', { owner, assetType: 'video' }),
      assetNamed('l:two', { owner, tags: ['a', 'b'], registeredAt: later(1) }),
      assetNamed('l.*[x', { owner, registeredAt: later(2) }),
      assetNamed('l:Ärger', { owner, registeredAt: later(2) }),
    ];
    for (const asset of assets) await store.assets.insert(asset);
  });

  test.each([
    [{}, ['l:one', 'l:two', 'l.*[x', 'l:Ärger']],
    [{ assetType: 'video' }, ['l:one']],
    [{ tag: 'b' }, ['l:two']],
    [{ nameContains: 'L:' }, ['l:one', 'l:two', 'l:Ärger']],
    [{ nameContains: '.*[' }, ['l.*[x']],
    [{ nameContains: '.' }, ['l.*[x']],
    [{ nameContains: '\0' }, []],
    [{ nameContains: '\\' }, []],
    [{ nameContains: '(?' }, []],
    [{ tag: '{"$gt":""}' }, []],
  ])('by %j in the order of registration', async (filter, names) => {
    const found = await namesOf(store.assets.stream({ owner: 'lister', ...filter }));
    expect(found).toEqual(names);
  });

  test('page by page, also where two have the same time', async () => {
    const filter = { owner: 'lister' };
    const first = await store.assets.page(filter, undefined, 3);
    expect(first.map(({ name }) => name)).toEqual(['l:one', 'l:two', 'l.*[x']);
    const last = first.at(-1);
    const rest = await store.assets.page(
      filter,
      last && { at: last.registeredAt, id: last.name },
      3,
    );
    expect(rest.map(({ name }) => name)).toEqual(['l:Ärger']);
  });

  test('a stream ends when its reader has gone', async () => {
    const gone = AbortSignal.abort();
    expect(await namesOf(store.assets.stream({ owner: 'lister' }, gone))).toEqual([]);
  });
});

test('assets are listed by their hashes, the first registered first', async () => {
  for (const [name, contentHash, ms] of [
    ['l2', 'one', 2],
    ['l1', 'one', 1],
    ['l3', 'two', 3],
  ] as const)
    await store.assets.insert(assetNamed(name, { contentHash, registeredAt: later(ms) }));
  const list = async (limit: number) =>
    (await store.assets.listByHashes(['one', 'two', 'three'], limit)).map(({ name }) => name);
  expect(await list(9)).toEqual(['l1', 'l2', 'l3']);
  expect(await list(2)).toEqual(['l1', 'l2']);
  expect(await store.assets.listByHashes([], 9)).toEqual([]);
});
