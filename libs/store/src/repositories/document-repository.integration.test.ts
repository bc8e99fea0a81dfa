import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

const assets = [1, 2, 3].map((number) => ({
  _id: `asset ${number}`,
  contentHash: `hash${number}`,
  assetType: 'image',
  tags: [],
  metadata: '{"fps":30.0}',
  createdAt: 1_736_290_887.5,
  owner: 'giles',
  registeredAt: new Date(3000 - number),
  activityId: null,
  state: 'unsigned' as const,
}));

test('documents are added once, found, changed by comparison and read in their order', async () => {
  const { assets: documents } = store.documents;
  await documents.insertMissing(assets.slice(0, 2));
  await documents.insertMissing(assets.map((asset) => ({ ...asset, owner: 'eve' })));
  expect(await documents.count()).toBe(3);
  const found = await documents.find(['asset 1', 'asset 3', 'asset 9']);
  expect([...found.values()].map(({ _id, owner }) => [_id, owner])).toEqual([
    ['asset 1', 'giles'],
    ['asset 3', 'eve'],
  ]);
  await documents.change('asset 3', { owner: 'nobody' }, { owner: 'x' });
  await documents.change('asset 3', { owner: 'eve' }, { owner: 'giles' });
  const all = await Array.fromAsync(documents.stream());
  expect(all).toEqual([...assets].reverse());
});

test('a backup is loaded into another database with the types of its values', async () => {
  await using other = await createTestStore(inject('mongodbUrl'));
  expect(await other.backup.collections()).toEqual([]);
  expect(await store.backup.collections()).toEqual(['assets']);
  const lines = await Array.fromAsync(store.backup.dump('assets'));
  expect(lines[0]).toContain('{"$numberDouble":"1736290887.5"}');
  expect(lines[0]).toContain('{"$date":{"$numberLong":"2999"}}');
  await other.backup.begin('restore', 'a');
  await other.backup.load('assets', lines);
  await other.backup.load('assets', lines);
  expect(await other.backup.unfinished('restore')).toBe('a');
  expect(await other.backup.unfinished('import')).toBeUndefined();
  await other.backup.end('restore');
  expect(await other.backup.unfinished('restore')).toBeUndefined();
  expect(await Array.fromAsync(other.documents.assets.stream())).toEqual([...assets].reverse());
  expect(await Array.fromAsync(other.backup.dump('assets'))).toEqual(lines);
});
