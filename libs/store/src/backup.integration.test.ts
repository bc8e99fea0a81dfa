import { createTestDatabaseUrl } from '@artdag/testing';
import { Binary, Double, Long, MongoClient } from 'mongodb';
import { expect, inject, test } from 'vitest';
import { connectStore } from './connect-store.ts';
import { INDEX_SETS } from './indexes.ts';

/** Collections that are made with their first document. */
const WITHOUT_INDEXES = ['pictures', 'l1_servers', 'odd_records', 'of_a_later_version'];

/** Values whose types plain JSON does not tell apart. */
const VALUES = {
  whole: new Double(30),
  big: Long.fromString('9007199254740993'),
  at: new Date('2099-01-06T23:01:27.123Z'),
  bytes: new Binary(Buffer.from([0, 255])),
  text: '\u2028 \u{1f408} \ud800'.toWellFormed(),
  list: [null, { $set: 'no operator' }],
};

test('each document of every collection there is comes back with the types of its values', async () => {
  await using stack = new AsyncDisposableStack();
  const urls = [1, 2].map(() => createTestDatabaseUrl(inject('mongodbUrl'))) as [string, string];
  const [store, empty] = await Promise.all(urls.map((url) => connectStore(url)));
  if (!store || !empty) return expect.unreachable();
  stack.use(store);
  stack.use(empty);
  const client = stack.adopt(await new MongoClient(urls[0]).connect(), (opened) => opened.close());
  const database = client.db();
  const all = await database.listCollections({}, { nameOnly: true }).toArray();
  const names = [...new Set([...all.map(({ name }) => name), ...WITHOUT_INDEXES])]
    .filter((name) => name !== INDEX_SETS && !name.startsWith('system.'))
    .toSorted();
  expect(names).toEqual(expect.arrayContaining(['assets', 'reports', 'runs', 'tokens']));
  for (const name of names) {
    await database.collection<{ _id: string }>(name).insertOne({ _id: `in ${name}`, ...VALUES });
  }

  expect(await store.backup.collections()).toEqual(names);
  for (const name of names) {
    const lines = await Array.fromAsync(store.backup.dump(name));
    expect(lines).toHaveLength(1);
    await empty.backup.load(name, lines);
    await empty.backup.load(name, lines);
    expect(await Array.fromAsync(empty.backup.dump(name))).toEqual(lines);
  }
  expect(await empty.backup.collections()).toEqual(names);
  const line = (await Array.fromAsync(empty.backup.dump('reports'))).join();
  for (const typed of ['{"$numberDouble":"30.0"}', '{"$numberLong":"9007199254740993"}', '$binary'])
    expect(line).toContain(typed);
});
