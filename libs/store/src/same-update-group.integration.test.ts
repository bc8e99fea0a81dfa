import { createTestDatabaseUrl } from '@artdag/testing';
import { MongoClient } from 'mongodb';
import { expect, inject, test } from 'vitest';
import { createSameUpdateGroup } from './same-update-group.ts';

interface Row {
  readonly _id: string;
  readonly state: string;
  readonly status?: number;
}

test('concurrent callers share a statement for each key, and what does not match stays', async () => {
  const client = new MongoClient(createTestDatabaseUrl(inject('mongodbUrl')));
  const rows = client.db().collection<Row>('rows');
  const ids = Array.from({ length: 20 }, (_, number) => `row-${number}`);
  await rows.insertMany(ids.map((_id) => ({ _id, state: 'pending' })));
  await rows.updateOne({ _id: 'row-7' }, { $set: { state: 'dropped' } });
  let statements = 0;
  const end = createSameUpdateGroup<Row, { id: string; status: number }>(rows, {
    idOf: ({ id }) => id,
    keyOf: ({ status }) => status,
    filter: { state: 'pending' },
    update: ({ status }) => {
      statements += 1;
      return { $set: { state: 'ended', status } };
    },
  });
  await Promise.all(ids.map((id, index) => end({ id, status: index % 2 ? 202 : 200 })));
  const found = await rows.find().toArray();
  for (const [index, id] of ids.entries()) {
    const ended = { state: 'ended', status: index % 2 ? 202 : 200 };
    expect(found.find(({ _id }) => _id === id)).toEqual({
      _id: id,
      ...(id === 'row-7' ? { state: 'dropped' } : ended),
    });
  }
  // The first goes alone, as nothing waits for it.
  expect(statements).toBe(3);
  await client.close();
});
