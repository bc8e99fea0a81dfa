import {
  type Constellation,
  freePort,
  type ProcessServer,
  redisCommand,
  startConstellation,
  startRedisServer,
  waitFor,
} from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { get, signUp } from '../e2e/client.ts';
import { type LoopbackPeer, startLoopbackPeer } from './loopback-peer.ts';

const USER = 'ada';

let redis: ProcessServer;
let peer: LoopbackPeer;
let constellation: Constellation;
let actor: { id: string; inbox: string };
beforeAll(async () => {
  redis = await startRedisServer();
  peer = await startLoopbackPeer();
  constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: redis.url,
    federations: 1,
    publicPort: await freePort(),
    env: { ARTDAG_ALLOWED_HOSTS: peer.host },
  });
  const { url } = constellation.gateways[0];
  await signUp(url, USER);
  actor = await waitFor('the actor has keys', async () => {
    const { status, json } = await get(`${url}/users/${USER}`);
    return status === 200 && json;
  });
});
afterAll(async () => {
  await constellation?.[Symbol.asyncDispose]();
  await peer?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

const followers = async () => (await get(`${actor.id}/followers`)).json.totalItems;
const follow = () => peer.activity('Follow', actor.id);
const undo = (object: unknown) => peer.activity('Undo', object);
const acceptOf = (id: string) =>
  peer.received.find(
    ({ type, object }) => type === 'Accept' && JSON.stringify(object).includes(`"${id}"`),
  );

test('a Follow is answered by a delivered Accept, after one fetch of the actor', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const wish = follow();
  const copies = await Promise.all(Array.from({ length: 16 }, () => peer.post(actor.inbox, wish)));
  expect(new Set(copies)).toEqual(new Set([202]));
  await waitFor('the Accept', async () => acceptOf(wish.id));
  expect(await followers()).toBe(1);
  expect(peer.fetched).toEqual(['/users/ann']);
  expect(await peer.post(actor.inbox, undo(wish))).toBe(202);
  await waitFor('the Undo is processed', async () => (await followers()) === 0);
  expect(peer.received.length).toBe(1);
});

test('F5, F6: posts while Redis is away are accepted, and processed when an empty one is back', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  await redis.kill('SIGKILL');
  const wish = follow();
  expect(await peer.post(actor.inbox, wish)).toBe(202);
  expect(await peer.post(actor.inbox, wish)).toBe(202);
  await redis.start();
  await redisCommand(redis.url, 'FLUSHALL');
  await waitFor('the Accept', async () => acceptOf(wish.id), 30_000);
  expect(await followers()).toBe(1);
  expect(peer.received.filter(({ type }) => type === 'Accept').length).toBe(2);
});

test('F3: the federation worker is killed in its work: one effect', async () => {
  onTestFailed(() => console.error(constellation.logs()));
  const [worker] = constellation.federations;
  if (!worker) throw new Error('no federation worker');
  const wishes = Array.from({ length: 20 }, follow);
  for (const wish of wishes) expect(await peer.post(actor.inbox, wish)).toBe(202);
  await worker.kill('SIGKILL');
  await worker.start();
  for (const wish of wishes) {
    await waitFor('the Accept', async () => acceptOf(wish.id), 30_000);
  }
  expect(await followers()).toBe(1);
});
