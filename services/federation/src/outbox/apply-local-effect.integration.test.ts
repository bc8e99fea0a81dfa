import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { applyLocalEffect } from './apply-local-effect.ts';

const peer = 'https://peer.example/users/ann';
let federation: TestFederation;

beforeEach(async () => {
  federation = await createTestFederation({ mongodbUrl: inject('mongodbUrl') });
});
afterEach(() => federation[Symbol.asyncDispose]());

/** Everything is done twice, as after a crash. */
async function carryOut(wish: Parameters<TestFederation['publish']>[0]) {
  const activity = await federation.publish(wish);
  await applyLocalEffect(activity, federation.context);
  await applyLocalEffect(activity, federation.context);
  return activity;
}

test('a Follow is requested, and its repetition does not take an Accept back', async () => {
  const { following } = federation.store;
  const follow = await carryOut({ type: 'Follow', objectIri: peer });
  expect(await following.find('giles', peer)).toMatchObject({ state: 'requested' });
  await following.answer(follow.activityId, peer, 'accepted');
  await applyLocalEffect(follow, federation.context);
  expect(await following.find('giles', peer)).toMatchObject({ state: 'accepted' });
});

test('an Undo ends the following of its Follow, and not of a later one', async () => {
  const { following } = federation.store;
  const first = await carryOut({ type: 'Follow', objectIri: peer });
  const undo = await carryOut({ type: 'Undo', objectIri: peer, takesBack: first.activityId });
  expect(await following.find('giles', peer)).toBeUndefined();
  const second = await carryOut({ type: 'Follow', objectIri: peer });
  await applyLocalEffect(undo, federation.context);
  expect(await following.find('giles', peer)).toMatchObject({ followId: second.activityId });
});

test('a user of this server is followed at once, and left at once', async () => {
  const { store, context } = federation;
  const anna = context.iris.actor('anna');
  await store.users.insert({
    username: 'anna',
    displayName: 'Anna',
    passwordHash: null,
    role: 'user',
    createdAt: new Date(),
  });
  const follow = await carryOut({ type: 'Follow', objectIri: anna });
  expect(await store.following.find('giles', anna)).toMatchObject({ state: 'accepted' });
  expect(await store.followers.isFollower('anna', context.iris.actor('giles'))).toBe(true);
  await carryOut({ type: 'Undo', objectIri: anna, takesBack: follow.activityId });
  expect(await store.followers.count('anna')).toBe(0);
});

test('an Announce of our object is counted until it is undone', async () => {
  const { store, context } = federation;
  const objectIri = context.iris.object('abc');
  const share = await carryOut({ type: 'Announce', objectIri });
  expect(await store.reactions.counts(objectIri)).toEqual({ likes: 0, shares: 1 });
  await carryOut({ type: 'Undo', objectIri, takesBack: share.activityId });
  expect(await store.reactions.counts(objectIri)).toEqual({ likes: 0, shares: 0 });
  const other = 'https://peer.example/objects/1';
  await carryOut({ type: 'Announce', objectIri: other });
  expect(await store.reactions.counts(other)).toEqual({ likes: 0, shares: 0 });
});

test('a Delete takes the claim back, but only one of the same actor', async () => {
  const { store } = federation;
  const claim = await federation.publish({ contentHash: 'abc' });
  await carryOut({ type: 'Delete', actor: 'eve', takesBack: claim.activityId });
  expect(await store.activities.findEarliestCreate('abc')).toMatchObject({ actor: 'giles' });
  await carryOut({ type: 'Delete', takesBack: claim.activityId });
  expect(await store.activities.findEarliestCreate('abc')).toBeUndefined();
});
