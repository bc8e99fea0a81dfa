import type { Store, UserDocument } from '@artdag/store';
import { activityIdOf, makeOriginalKeys, originalFiles } from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { createScene, makeDirectoryOf } from '../testing/create-scene.ts';

const keys = makeOriginalKeys();

/** A store in which something else is faster: `act` is done right before the first write of assets. */
function overtaken(store: Store, act: () => Promise<void>): Store {
  let isDone = false;
  const { assets } = store.documents;
  const insertMissing: typeof assets.insertMissing = async (documents) => {
    if (!isDone) await act();
    isDone = true;
    return assets.insertMissing(documents);
  };
  return {
    ...store,
    documents: { ...store.documents, assets: { ...assets, insertMissing } },
  };
}

test('a name that is taken while an import runs is reported by that import, and kept aside', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  const works = ['equal', 'other', 'free'].map((name) => ({ name, metadata: '{"n":1.0}' }));
  const directory = await makeDirectoryOf(scene, 'original', originalFiles(works, keys));
  await using twin = await createScene(inject('mongodbUrl'));
  await twin.import(directory);
  const taken = await twin.store.documents.assets.find(['equal', 'other']);
  const rivals = [...taken.values()].map((asset) =>
    asset._id === 'other' ? { ...asset, contentHash: 'another' } : asset,
  );
  const store = overtaken(scene.store, async () => {
    await scene.store.documents.assets.insertMissing(rivals);
  });

  const { files, records } = await scene.import(directory, { store });
  expect(files['registry.json']).toMatchObject({ found: 3, imported: 1, there: 1, odd: 1 });
  const outcomes = records.filter(({ position }) => position.startsWith('registry.json'));
  expect(outcomes.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    'equal there',
    'other odd',
    'free imported',
  ]);
  const kept = await Array.fromAsync(scene.store.documents.oddRecords.stream());
  expect(kept.map(({ key, reason }) => `${key}: ${reason}`)).toEqual([
    'other: this server has another one of its name',
  ]);
  expect(await scene.store.assets.find('other')).toMatchObject({ contentHash: 'another' });
  expect(await scene.store.activities.find(activityIdOf({ name: 'other' }))).toBeDefined();
});

test('a user who has the invite of another one is kept aside', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  await scene.import(await makeDirectoryOf(scene, 'keys', { keys: keys.files }));
  const [giles] = (await scene.store.documents.users.find(['giles'])).values();
  await scene.store.documents.users.insertMissing([
    { ...(giles as UserDocument), _id: 'ada', invite: 'once' },
  ]);
  const users = '{"users": {"bob": {"l2": {"invite": "once"}}, "eve": {}}}';
  const { records } = await scene.import(
    await makeDirectoryOf(scene, 'users', { 'users.json': users, keys: {} }),
  );
  expect(records.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['bob odd', 'eve imported']);
  expect(await scene.store.users.find('bob')).toBeUndefined();
});
