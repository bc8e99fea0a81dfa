import { type ProcessServer, startMongoServer, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import { auditDeliveries } from './audit-deliveries.ts';
import { auditInbox, findOtherAnswers } from './audit-inbox.ts';
import { type FederationScene, startFederationScene } from './federation-scene.ts';
import type { InboxLoad } from './inbox-load.ts';

const HOSTS = 10;
const ANSWER_MS = 12_000;

let mongodb: ProcessServer;
let scene: FederationScene;
beforeAll(async () => {
  mongodb = await startMongoServer();
  const urls = { mongodbUrl: mongodb.url, redisUrl: inject('redisUrl') };
  scene = await startFederationScene({ ...urls, hosts: HOSTS });
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  await mongodb?.[Symbol.asyncDispose]();
});

const answersOf = ({ posted }: InboxLoad) => posted.flatMap(({ answers }) => answers);

/** Follows are accepted again, and deliveries go out. */
async function workGoesOn(follows: InboxLoad, since: number) {
  await waitFor('an accepted Follow', () =>
    answersOf(follows).some(({ status, startedAt }) => status === 202 && startedAt > since),
  );
  const { length: seen } = scene.sinks.posts;
  await scene.author.publish(1);
  await scene.postsCome(seen + HOSTS, 30_000);
}

test('F8: MongoDB stopped: inboxes say 503 in bounded time, and what was to be delivered is', async () => {
  const { constellation, author, postsCome, sinks } = scene;
  onTestFailed(() => console.error(constellation.logs()));
  const follows = await scene.startFollows('ada');
  const published = author.publish(20);
  await postsCome(sinks.posts.length + HOSTS);
  mongodb.pause();
  const stoppedAt = performance.now();
  const during = () => answersOf(follows).filter(({ startedAt }) => startedAt > stoppedAt);
  await waitFor('refused posts', () => during().length >= 10);
  expect(new Set(during().map(({ status }) => status))).toEqual(new Set([503]));
  mongodb.resume();
  await workGoesOn(follows, performance.now());
  await published;
  await follows.finish();
  expect(Math.max(...answersOf(follows).map(({ ms }) => ms))).toBeLessThan(ANSWER_MS);
  expect(findOtherAnswers(follows.posted)).toEqual([]);
  expect(await auditInbox(follows, constellation)).toEqual([]);
  expect(await auditDeliveries(author, constellation)).toEqual([]);
});

test('F8: MongoDB killed and restarted: what an inbox has accepted is there, and goes on', async () => {
  const { constellation, author, postsCome, sinks } = scene;
  onTestFailed(() => console.error(constellation.logs()));
  const follows = await scene.startFollows('eve');
  for (let round = 0; round < 2; round += 1) {
    const published = author.publish(10);
    await postsCome(sinks.posts.length + HOSTS);
    await mongodb.kill('SIGKILL');
    const { length: posted } = follows.posted;
    await waitFor('posts while MongoDB is away', () => follows.posted.length > posted + 5);
    await mongodb.start();
    await workGoesOn(follows, performance.now());
    await published;
  }
  await follows.finish();
  expect(findOtherAnswers(follows.posted)).toEqual([]);
  expect(await auditInbox(follows, constellation)).toEqual([]);
  expect(await auditDeliveries(author, constellation)).toEqual([]);
});
