import { createTestDatabaseUrl } from '@artdag/testing';
import { MongoClient } from 'mongodb';
import { expect, inject, test } from 'vitest';
import { connectStore } from './connect-store.ts';

test('makes its indexes once, from any number of processes', async () => {
  const url = createTestDatabaseUrl(inject('mongodbUrl'));
  await using stack = new AsyncDisposableStack();
  const stores = await Promise.all([connectStore(url), connectStore(url), connectStore(url)]);
  for (const store of stores) stack.use(store);
  const client = stack.adopt(await new MongoClient(url).connect(), (opened) => opened.close());
  for (const name of ['tokens', 'attempt_counts', 'idempotency_keys', 'invites']) {
    const indexes = await client.db().collection(name).indexes();
    expect(indexes, name).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
    );
  }
  const users = await client.db().collection('users').indexes();
  expect(users).toContainEqual(
    expect.objectContaining({ key: { invite: 1 }, unique: true, sparse: true }),
  );
});

test('a server that is not there is one sentence, without the URL', async () => {
  await expect(
    connectStore('mongodb://giles:secret@127.0.0.1:1/artdag?serverSelectionTimeoutMS=300'),
  ).rejects.toMatchObject({
    code: 'start-failed',
    message: 'MongoDB does not answer: check MONGODB_URL and that the server runs.',
  });
});
