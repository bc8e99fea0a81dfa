import { isAppError } from '@artdag/errors';
import type { RemoteActor } from '@artdag/store';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  createTestFederation,
  type TestFederation,
  type TestFederationOptions,
} from '../testing/create-test-federation.ts';
import { resolveFollowerHandler } from './resolve-follower.ts';

let federation: TestFederation;
beforeAll(async () => {
  federation = await createTestFederation({ mongodbUrl: inject('mongodbUrl') });
});
afterAll(() => federation[Symbol.asyncDispose]());

const since = new Date('2026-01-06T23:00:00Z');

async function importFollower(name: string) {
  const actorIri = `https://peer.test/users/${name}`;
  const followerId = `giles ${actorIri}`;
  const promise = { kind: 'resolve-follower', id: followerId, at: since };
  const document = { username: 'giles', actorIri, host: 'peer.test', since };
  await federation.store.documents.followers.insertMissing([
    { _id: followerId, ...document, outbox: [promise] },
  ]);
  return { actorIri, followerId };
}

function run(
  followerId: string,
  resolveActor: NonNullable<TestFederationOptions['overrides']>['resolveActor'],
) {
  const context = { ...federation.context, ...(resolveActor && { resolveActor }) };
  return resolveFollowerHandler(context).process({ followerId }, new AbortController().signal);
}

async function inboxes(): Promise<string[]> {
  return Array.fromAsync(federation.store.followers.deliveryInboxes('giles'));
}

const due = () => federation.store.followers.outbox.due('resolve-follower', new Date(), 10);

test('a follower who was imported by his IRI gets his inbox, and is delivered to from then on', async () => {
  const { store } = federation;
  const { actorIri, followerId } = await importFollower('ann');
  expect(await inboxes()).toEqual([]);
  expect(await due()).toEqual([followerId]);

  const later = await run(followerId, async () => 'unavailable');
  expect(later?.againAt.getTime()).toBeGreaterThan(federation.clock.time + 3_600_000 - 1);
  expect(await due()).toEqual([followerId]);

  await run(followerId, async () => {
    await store.remoteActors.save({
      actorIri,
      type: 'Person',
      inbox: `${actorIri}/inbox`,
      sharedInbox: 'https://peer.test/inbox',
      keys: [],
      fetchedAt: since,
      isGone: false,
    } satisfies RemoteActor);
    return 'resolved';
  });
  expect(await inboxes()).toEqual(['https://peer.test/inbox']);
  expect(await due()).toEqual([]);
  expect(await run(followerId, async () => 'gone')).toBeUndefined();
});

test('a follower whom his server does not know stays in the list, and the promise ends', async () => {
  const { followerId } = await importFollower('bob');
  const error = await run(followerId, async () => 'gone').catch((reason: unknown) => reason);
  expect(isAppError(error, 'gone')).toBe(true);
  const handler = resolveFollowerHandler(federation.context);
  await handler.setAside({ followerId }, 'gone: no such actor');
  expect(await due()).toEqual([]);
  expect(await federation.store.followers.count('giles')).toBe(2);
});
