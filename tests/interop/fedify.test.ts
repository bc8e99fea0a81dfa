import { createPublicKey } from 'node:crypto';
import { parseLosslessJson, verifyRsaSignature2017 } from '@artdag/signatures';
import { type Constellation, freePort, startConstellation, waitFor } from '@artdag/testing';
import {
  Accept,
  Announce,
  Create,
  Delete,
  Follow,
  Image,
  Like,
  Note,
  Undo,
  Update,
} from '@fedify/vocab';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';
import { type FedifyPeer, startFedifyPeer } from './fedify-peer.ts';

const USER = 'ada';

/** Both orders of the double-knock, so that each form of signature is used in each direction. */
describe.each(['rfc9421', 'draft-cavage-http-signatures-12'] as const)(
  'Fedify, first %s',
  (firstKnock) => {
    let peer: FedifyPeer;
    let constellation: Constellation;
    let url: string;
    let token: string;
    let ada: { id: string; inbox: string };

    beforeAll(async () => {
      peer = await startFedifyPeer({ firstKnock });
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

    const came = (what: string, matches: (activity: FedifyPeer['received'][number]) => boolean) =>
      waitFor(what, () => peer.received.find(matches));
    const followers = async () => (await get(`${ada.id}/followers`)).json.totalItems;
    const registry = async (name: string) => (await get(`${url}/registry/${name}`)).json;
    const register = async (name: string) => {
      const asset = {
        name,
        content_hash: `hash-${name}`,
        asset_type: 'image',
        metadata: { duration: 30 },
      };
      return (await post(`${url}/registry`, asset, token)).json;
    };

    test('a Follow of our user is accepted, and counted', async () => {
      const id = peer.iri('/follows/1');
      await peer.send(
        new Follow({ id, actor: peer.iri('/users/bob'), object: new URL(ada.id) }),
        ada,
      );
      const accept = await came('the Accept', (activity) => activity instanceof Accept);
      expect(accept.actorId?.href).toBe(ada.id);
      expect(await followers()).toBe(1);
    });

    test('followers get a Create, which verifies in their server and carries our signature', async () => {
      const { activity } = await register('first');
      const create = await came('the Create', (received) => received.id?.href === activity.id);
      expect(create).toBeInstanceOf(Create);
      expect((await create.getObject()) instanceof Image).toBe(true);
      const actor = (await get(ada.id)).json;
      const served = (await get(activity.id)).text;
      const key = createPublicKey(actor.publicKey.publicKeyPem);
      expect(verifyRsaSignature2017(parseLosslessJson(served), key)).toEqual({
        ok: true,
        convention: 'package',
      });
    });

    test('our user follows their actor by handle, and is accepted', async () => {
      const answer = await post(`${url}/users/${USER}/follow`, { actor: peer.handle }, token);
      expect(answer.status).toBe(200);
      await came('the Follow', (activity) => activity instanceof Follow);
      await waitFor('the follow is accepted', async () => {
        return (await get(`${ada.id}/following`)).json.totalItems === 1;
      });
    });

    test('a Like and an Announce of our object are counted, and an Undo takes one back', async () => {
      const object = new URL((await register('liked')).activity.object.id);
      const actor = peer.iri('/users/bob');
      const like = new Like({ id: peer.iri('/likes/1'), actor, object });
      const announce = new Announce({ id: peer.iri('/announces/1'), actor, object });
      await peer.send(like, ada);
      await peer.send(announce, ada);
      await waitFor('both are counted', async () => {
        const { likes, shares } = await registry('liked');
        return likes === 1 && shares === 1;
      });
      await peer.send(new Undo({ id: peer.iri('/undos/1'), actor, object: like }), ada);
      await waitFor('the Like is gone', async () => (await registry('liked')).likes === 0);
    });

    test('a note of theirs is taken in, changed and deleted', async () => {
      const actor = peer.iri('/users/bob');
      const note = new Note({ id: peer.iri('/notes/1'), attribution: actor, content: 'hello' });
      const activities = [
        new Create({ id: peer.iri('/creates/1'), actor, object: note }),
        new Update({ id: peer.iri('/updates/1'), actor, object: note }),
        new Delete({ id: peer.iri('/deletes/1'), actor, object: note.id }),
      ];
      for (const activity of activities)
        await expect(peer.send(activity, ada)).resolves.toBeUndefined();
    });

    test('followers hear of a changed actor, a share, its end, and a withdrawn work', async () => {
      await register('withdrawn');
      await send('PATCH', `${url}/users/${USER}`, { display_name: 'Ada L.' });
      const note = peer.iri('/notes/1').href;
      await post(`${url}/users/${USER}/share`, { object: note }, token);
      await post(`${url}/users/${USER}/unshare`, { object: note }, token);
      await send('DELETE', `${url}/registry/withdrawn`);
      await came('the Update', (activity) => activity instanceof Update);
      await came('the Announce', (activity) => activity instanceof Announce);
      await came('the Undo', (activity) => activity instanceof Undo);
      await came('the Delete', (activity) => activity instanceof Delete);
    });

    test('an Undo of the Follow ends the following', async () => {
      const actor = peer.iri('/users/bob');
      const follow = new Follow({ id: peer.iri('/follows/1'), actor, object: new URL(ada.id) });
      await peer.send(new Undo({ id: peer.iri('/undos/2'), actor, object: follow }), ada);
      await waitFor('nobody follows', async () => (await followers()) === 0);
    });

    function send(method: string, address: string, body?: object) {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      };
      return fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    }
  },
);
