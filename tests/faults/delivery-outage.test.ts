import { type ProcessServer, redisCommand, startRedisServer, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, describe, inject, test } from 'vitest';
import { auditDeliveries, countRepeats } from './audit-deliveries.ts';
import { auditInbox, findOtherAnswers } from './audit-inbox.ts';
import { type FederationScene, startFederationScene } from './federation-scene.ts';
import { type SinkBehaviour, take } from './sink-hosts.ts';

const HOSTS = 10;
/** Deliveries that one worker makes to a host at once. */
const PER_HOST = 4;

/** A scene on a Redis of its own. */
async function startScene() {
  const redis = await startRedisServer();
  const urls = { mongodbUrl: inject('mongodbUrl'), redisUrl: redis.url };
  return { redis, scene: await startFederationScene({ ...urls, hosts: HOSTS }) };
}

function workerOf({ constellation: { federations } }: FederationScene) {
  const [worker] = federations;
  if (!worker) throw new Error('no federation worker');
  return worker;
}

// What an emptied Redis has lost comes back half a minute later: the other tests run meanwhile.
describe.concurrent('an emptied Redis', () => {
  let redis: ProcessServer;
  let scene: FederationScene;
  beforeAll(async () => {
    ({ redis, scene } = await startScene());
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });

  test('F6: with deliveries and posts waiting it is rebuilt from MongoDB', async ({
    expect,
    onTestFailed,
  }) => {
    const { constellation, sinks, author, postsCome } = scene;
    onTestFailed(() => console.error(constellation.logs()));
    const worker = workerOf(scene);
    const follows = await scene.startFollows('ada');
    // Deliveries wait for their host and for a slot.
    sinks.behave((response) => response.writeHead(503, { 'retry-after': '3' }).end());
    await author.publish(10);
    await postsCome(2 * HOSTS);
    sinks.behave(take);
    expect(await redisCommand(redis.url, 'FLUSHALL')).toBe('+OK');
    // Activities wait for the fan-out, posts for a worker.
    await worker.kill('SIGKILL');
    await author.publish(10);
    const posted = follows.posted.length;
    await waitFor('posts without a worker', () => follows.posted.length > posted + 5);
    expect(await redisCommand(redis.url, 'FLUSHALL')).toBe('+OK');
    await worker.start();
    await postsCome(sinks.posts.length + HOSTS, 10_000);
    await author.publish(5);
    await follows.finish();
    expect(findOtherAnswers(follows.posted)).toEqual([]);
    expect(await auditInbox(follows, constellation)).toEqual([]);
    expect(await auditDeliveries(author, constellation)).toEqual([]);
  });
});

describe.concurrent('a killed worker and a killed Redis', () => {
  let redis: ProcessServer;
  let scene: FederationScene;
  beforeAll(async () => {
    ({ redis, scene } = await startScene());
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
  });

  test('F3: a worker killed between the POST and the mark posts the same activity again', {
    concurrent: false,
  }, async ({ expect, onTestFailed }) => {
    const { constellation, sinks, author } = scene;
    onTestFailed(() => console.error(constellation.logs()));
    const worker = workerOf(scene);
    const held: Parameters<SinkBehaviour>[] = [];
    sinks.behave((response, post) => {
      post.isTaken = true;
      held.push([response, post]);
    });
    const published = author.publish(10);
    await waitFor('posts without an answer', () => held.length >= HOSTS * PER_HOST);
    await worker.kill('SIGKILL');
    sinks.behave(take);
    await published;
    await waitFor('the end of their connections', () => sinks.inFlight() === 0);

    for (let death = 0; death < 2; death += 1) {
      await worker.start();
      const { promise: killed, resolve } = Promise.withResolvers<unknown>();
      sinks.behave((response, post) => {
        sinks.behave(take);
        take(response, post);
        // The answer is out, the mark is not yet made.
        resolve(worker.kill('SIGKILL'));
      });
      await author.publish(1);
      await killed;
    }
    await worker.start();

    expect(await auditDeliveries(author, constellation)).toEqual([]);
    const repeats = countRepeats(sinks.posts);
    expect(repeats).toBeGreaterThanOrEqual(held.length);
    expect(repeats).toBeLessThanOrEqual(3 * HOSTS * PER_HOST);
  });

  test('F5: killed and back during fan-out and inbox posts, Redis loses nothing that was accepted', {
    concurrent: false,
  }, async ({ expect, onTestFailed }) => {
    const { constellation, sinks, author, postsCome } = scene;
    onTestFailed(() => console.error(constellation.logs()));
    const follows = await scene.startFollows('ada');
    const published = author.publish(20);
    await postsCome(sinks.posts.length + HOSTS);
    await redis.kill('SIGKILL');
    const { length: posted } = follows.posted;
    await waitFor('posts while Redis is away', () => follows.posted.length > posted + 15);
    await redis.start();
    const { length: seen } = sinks.posts;
    await author.publish(1);
    await postsCome(seen + HOSTS, 5000);
    await published;
    await follows.finish();
    expect(findOtherAnswers(follows.posted)).toEqual([]);
    expect(await auditInbox(follows, constellation)).toEqual([]);
    expect(await auditDeliveries(author, constellation)).toEqual([]);
  });
});
