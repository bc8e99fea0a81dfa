import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@artdag/testing';
import { get, signUp } from '../e2e/client.ts';
import { newRegistration, register } from '../faults/register.ts';
import { sendPost } from '../faults/send-post.ts';
import { type SinkBehaviour, take } from '../faults/sink-hosts.ts';
import type { Fault } from './fault.ts';
import type { Scene } from './start-scene.ts';

const ILLNESSES: readonly [SinkBehaviour, ...SinkBehaviour[]] = [
  (response) => response.writeHead(500).end(),
  (response) => response.writeHead(429, { 'retry-after': '2' }).end(),
  (response) => response.socket?.resetAndDestroy(),
  () => undefined,
];
const COPIES = 64;
const PATIENCE_MS = 45_000;
/** Other answers than these to what is bad, or comes while another fault is being mended, are wrong. */
const REFUSALS: ReadonlySet<number | 'lost'> = new Set([400, 413, 503, 'lost']);

/** Peers that are ill, hostile, or change their keys. */
export const peerFaults: readonly Fault[] = [
  {
    name: 'F10 a quarter of the inboxes is ill',
    async inflict({ federation: { sinks }, frail }, random) {
      sinks.behave(random.pick(ILLNESSES), frail);
      await delay(random.between(2000, 8000));
      sinks.behave(take, frail);
    },
  },
  {
    name: 'F11 posts are malformed, too large and too deep',
    async inflict(scene) {
      const { peer } = scene.federation;
      const actor = await signUpNew(scene);
      const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`);
      const large = { type: 'Note', content: 'x'.repeat(1_000_000) };
      for (const object of [deep, large]) {
        const status = await peer.post(actor.inbox, peer.activity('Create', object, 'troll'));
        if (!REFUSALS.has(status)) throw new Error(`a poisonous post was answered with ${status}`);
      }
    },
  },
  {
    name: 'F13 64 copies of one registration and of one post come at once',
    async inflict(scene) {
      const { author, peer, constellation } = scene.federation;
      const { account } = author;
      const actor = await signUpNew(scene);
      const signed = await peer.sign(actor.inbox, peer.activity('Like', actor.id, 'eager'));
      const urls = Array.from({ length: COPIES / 2 }, () => constellation.gateways).flat();
      const name = `${account.username}:copied:${scene.copied.length}`;
      const copies = await Promise.all(
        urls.map(async ({ url }) => {
          const registration = newRegistration(name);
          await Promise.all([register(registration, () => url, account), sendPost(signed, url)]);
          return registration;
        }),
      );
      if (copies[0]) scene.copied.push(copies[0]);
      const told = new Set(copies.flatMap(({ activityIri }) => activityIri ?? []));
      if (told.size > 1) throw new Error(`I2 ${name}: ${told.size} Creates were shown`);
    },
  },
  {
    name: 'F16 a key is rotated in flight',
    async inflict(scene) {
      const { changeable } = scene;
      const actor = await signUpNew(scene);
      const post = () => changeable.post(actor.inbox, changeable.activity('Follow', actor.id));
      const before = post();
      changeable.rotateKey();
      await Promise.all([before, ...Array.from({ length: 8 }, post)]);
    },
  },
];

/** A user to whom nothing else is addressed; asked for again while another fault still echoes. */
async function signUpNew({ federation: { constellation } }: Scene) {
  const { url } = constellation.gateways[0];
  const username = `u${randomUUID().slice(0, 13)}`;
  await waitFor('a new user', async () => (await signUp(url, username)) !== '', PATIENCE_MS);
  return waitFor(
    'his actor',
    async () => {
      const { status, json } = await get(`${url}/users/${username}`);
      return status === 200 && (json as { id: string; inbox: string });
    },
    PATIENCE_MS,
  );
}
