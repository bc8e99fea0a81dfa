import { ED25519_CAPABILITY } from '@artdag/activitypub';
import { type Constellation, freePort, startConstellation, waitFor } from '@artdag/testing';
import { Follow } from '@fedify/vocab';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';
import { type FedifyPeer, startFedifyPeer } from './fedify-peer.ts';

const USER = 'ada';

let peer: FedifyPeer;
let constellation: Constellation;
let url: string;
let token: string;
let ada: { id: string; inbox: string };

beforeAll(async () => {
  peer = await startFedifyPeer({ firstKnock: 'rfc9421', capabilities: [ED25519_CAPABILITY] });
  constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: inject('redisUrl'),
    federations: 1,
    publicPort: await freePort(),
    env: { ARTDAG_ALLOWED_HOSTS: peer.host },
  });
  url = constellation.gateways[0].url;
  token = await signUp(url, USER);
  ada = await waitFor('the actor has keys', async () => {
    const { status, json } = await get(`${url}/users/${USER}`);
    return status === 200 && json;
  });
});
afterAll(async () => {
  await constellation?.[Symbol.asyncDispose]();
  await peer?.[Symbol.asyncDispose]();
});

async function register(name: string) {
  const asset = { name, content_hash: `hash-${name}`, asset_type: 'image' };
  const { activity } = (await post(`${url}/registry`, asset, token)).json;
  await waitFor(`the Create of ${name}`, () =>
    peer.received.find((received) => received.id?.href === activity.id),
  );
}

/** Fedify 2.3.6 looks for the keys of HTTP signatures under `publicKey` only, where Ed25519 keys are not. */
test('Fedify refuses Ed25519, gets everything nevertheless, and is not tried again', async () => {
  const actor = peer.iri('/users/bob');
  await peer.send(new Follow({ id: peer.iri('/follows/1'), actor, object: new URL(ada.id) }), ada);
  await waitFor('the Accept', () => peer.posts.length > 0);
  for (const name of ['first', 'second', 'third']) await register(name);
  const rsa = { form: 'cavage', keyId: `${ada.id}#main-key`, status: 202 };
  const trial = { form: 'rfc9421', keyId: `${ada.id}#ed25519-key`, status: 401 };
  expect(peer.posts).toEqual([rsa, trial, rsa, rsa, rsa]);
});
