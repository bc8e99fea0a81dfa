import { createTestStore } from '@artdag/testing';
import { expect, inject, test } from 'vitest';

test('the census tells who took a try lately, who took none, and whose breaker is open', async () => {
  await using store = await createTestStore(inject('mongodbUrl'));
  const now = new Date('2026-01-06T12:00:00Z');
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const learn = (host: string, experience: Parameters<typeof store.hosts.learn>[1]) =>
    store.hosts.learn(host, experience, now);
  await learn('well.example', { lastSuccessAt: ago(1) });
  await learn('mixed.example', { lastSuccessAt: ago(5), lastErrorAt: ago(1) });
  await learn('refusing.example', { lastSuccessAt: ago(60), lastErrorAt: ago(2) });
  await learn('never.example', { lastErrorAt: ago(2), openUntil: ago(-20) });
  await learn('due.example', { lastErrorAt: ago(40), openUntil: ago(1) });
  await learn('long-ago.example', { lastSuccessAt: ago(600) });
  const counted = await store.hosts.census(ago(15), now);
  expect(counted).toEqual({ answering: 2, failing: 2, open: 1, halfOpen: 1 });
});
