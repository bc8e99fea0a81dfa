import { generateKeyPairSync } from 'node:crypto';
import type { CachedActor } from '@artdag/peers';
import type { Store } from '@artdag/store';
import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createActorCache } from './actor-cache.ts';

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store?.[Symbol.asyncDispose]());

const now = new Date();
const keyPem = (type: 'rsa' | 'ed25519') => {
  const pair =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ed25519');
  return pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
};
const [rsa, ed25519] = (['rsa', 'ed25519'] as const).map((algorithm) => {
  return { keyId: `https://peer.example/${algorithm}`, algorithm, publicKeyPem: keyPem(algorithm) };
});

const cases: [string, Partial<CachedActor>, 'listed' | 'declared' | undefined][] = [
  ['rsa-only.example', { keys: rsa ? [rsa] : [] }, undefined],
  ['lists.example', { keys: rsa && ed25519 ? [rsa, ed25519] : [] }, 'listed'],
  ['declares.example', { keys: rsa ? [rsa] : [], declaresEd25519: true }, 'declared'],
  ['declares.example', { keys: ed25519 ? [ed25519] : [] }, 'declared'],
];

test.each(cases)('the actor of %s shows of his server what he lists', async (host, more, hint) => {
  const cache = createActorCache(store, () => now);
  const id = `https://${host}/users/ann`;
  const actor: CachedActor = {
    id,
    type: 'Person',
    inbox: `${id}/inbox`,
    alsoKnownAs: [],
    keys: [],
    fetchedAt: now,
    ...more,
  };
  await cache.save(actor);
  expect((await store.hosts.find(host))?.ed25519Hint).toBe(hint);
  expect(await store.remoteActors.find(id)).not.toHaveProperty('declaresEd25519');
  expect((await cache.find(id))?.keys).toEqual(more.keys);
});
