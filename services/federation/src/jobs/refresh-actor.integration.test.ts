import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createPeerResolver } from '../actors/create-peer-resolver.ts';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { refreshActorHandler } from './refresh-actor.ts';

const WEEK_MS = 7 * 86_400_000;

const newKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

let host: string;
let publicKeyPem = newKey();
let asked = 0;
const peer = createServer((request, response) => {
  asked += 1;
  const id = `http://${host}${request.url}`;
  const publicKey = { id: `${id}#main-key`, owner: id, publicKeyPem };
  const actor = { id, type: 'Person', inbox: `${id}/inbox`, publicKey };
  response.writeHead(200, { 'content-type': 'application/activity+json' });
  response.end(JSON.stringify({ '@context': 'https://www.w3.org/ns/activitystreams', ...actor }));
});

let federation: TestFederation;
let refresh: (keyId: string) => Promise<unknown>;
beforeAll(async () => {
  await once(peer.listen(0, '127.0.0.1'), 'listening');
  const address = peer.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  host = `127.0.0.1:${address.port}`;
  federation = await createTestFederation({ mongodbUrl: inject('mongodbUrl'), hosts: [host] });
  // What is remembered of an actor ends after a month, for MongoDB by the real time.
  federation.clock.time = Date.now();
  const resolver = createPeerResolver(federation.context, { allowedHosts: [host] });
  const handler = refreshActorHandler({ ...federation.context, resolver });
  refresh = (keyId) => handler.process({ keyId }, new AbortController().signal);
});
afterAll(async () => {
  await federation[Symbol.asyncDispose]();
  peer.close();
});

const keyOf = async (keyId: string) =>
  (await federation.store.remoteActors.findByKey(keyId))?.keys[0]?.publicKey;

test('two who do not know a key cause one fetch, and leave the look for a new key', async () => {
  const keyId = `http://${host}/users/ann#main-key`;
  const { remoteActors } = federation.store;
  await refresh(keyId);
  await refresh(keyId);
  expect(asked).toBe(1);
  expect(await keyOf(keyId)).toBe(publicKeyPem);

  publicKeyPem = newKey();
  federation.clock.time += 1000;
  const claim = await remoteActors.claimForcedRefresh(keyId, federation.context.now(), WEEK_MS);
  expect(claim).toEqual({ isGranted: true });
  await refresh(keyId);
  expect(await keyOf(keyId)).toBe(publicKeyPem);
  expect(await remoteActors.isForced(keyId)).toBe(false);
  await refresh(keyId);
  expect(asked).toBe(2);
});

test('an actor is asked for again after a day', async () => {
  const keyId = `http://${host}/users/ben#main-key`;
  await refresh(keyId);
  publicKeyPem = newKey();
  federation.clock.time += 25 * 3_600_000;
  await refresh(keyId);
  expect(await keyOf(keyId)).toBe(publicKeyPem);
});
