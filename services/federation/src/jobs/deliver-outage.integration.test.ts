import { afterEach, expect, inject, test } from 'vitest';
import { createTestFederation } from '../testing/create-test-federation.ts';
import { startSink } from '../testing/start-sink.ts';

const hour = 3_600_000;
const day = 24 * hour;
let parts = new AsyncDisposableStack();
afterEach(async () => {
  await parts.disposeAsync();
  parts = new AsyncDisposableStack();
});

/** Deliveries of `count` objects to a sink that breaks every connection. */
async function setUp(count: number) {
  const sink = parts.use(await startSink((response) => response.socket?.destroy()));
  const federation = parts.use(
    await createTestFederation({ mongodbUrl: inject('mongodbUrl'), hosts: [sink.host] }),
  );
  await federation.follow('ann', sink.inbox);
  const due = new Map<string, number>();
  for (let number = 0; number < count; number += 1) {
    const objectIri = `https://art.test/objects/${number}`;
    const { activityId } = await federation.publish({ objectIri });
    const { ids } = await federation.fanOut(activityId);
    for (const id of ids) due.set(id, federation.clock.time);
  }
  return { sink, federation, due, start: federation.clock.time };
}

type Scene = Awaited<ReturnType<typeof setUp>>;

/** Runs every delivery whenever it is due, until a moment or until none waits. */
async function workUntil(
  time: number,
  { due, federation }: Scene,
  beforeEachRun: () => Promise<void> = async () => undefined,
) {
  const { clock } = federation;
  for (;;) {
    const [next] = [...due].toSorted(([, one], [, other]) => one - other);
    if (!next || next[1] >= time) return;
    const [id, at] = next;
    clock.time = Math.max(clock.time, at);
    await beforeEachRun();
    const outcome = await federation.deliver(id);
    if (outcome) due.set(id, outcome.againAt.getTime());
    else due.delete(id);
  }
}

test('a peer that is down for two days, longer than others try, gets everything that waited', async () => {
  const scene = await setUp(4);
  const { sink, federation, due, start } = scene;
  const ids = [...due.keys()];
  await workUntil(start + 2 * day, scene);
  expect(due.size).toBe(ids.length);
  // Five failures, and then a probe every half hour however much waits.
  expect(sink.posts.length).toBeGreaterThan(48);
  expect(sink.posts.length).toBeLessThanOrEqual(5 + 2 * 48);

  sink.answer = 202;
  await workUntil(start + 3 * day, scene);
  for (const id of ids) expect((await federation.row(id)).state).toBe('delivered');
});

/** Another worker's probes keep the breaker open. */
function keepOpen({ sink, federation: { store, clock } }: Scene) {
  return () => {
    const openUntil = new Date(clock.time + 3 * hour);
    return store.hosts.learn(sink.host, { failures: 5, openUntil }, new Date(clock.time));
  };
}

test('what an open breaker holds back waits for seven days without a try', async () => {
  const scene = await setUp(1);
  const { sink, federation, start } = scene;
  const [id = ''] = scene.due.keys();
  await workUntil(start + 7 * day - hour, scene, keepOpen(scene));
  expect(await federation.row(id)).toMatchObject({ state: 'pending', attempts: 0 });
  sink.answer = 202;
  await workUntil(start + 8 * day, scene);
  expect(await federation.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(sink.posts).toHaveLength(1);
});

test('what an open breaker has held back for more than seven days has failed', async () => {
  const scene = await setUp(1);
  const { federation, due, start } = scene;
  const [id = ''] = due.keys();
  await workUntil(start + 8 * day, scene, keepOpen(scene));
  expect(due.size).toBe(0);
  const { state, lastError, endedAt } = await federation.row(id);
  expect({ state, lastError }).toEqual({
    state: 'failed',
    lastError: 'given up: the host did not answer several times',
  });
  expect(endedAt?.getTime()).toBeGreaterThanOrEqual(start + 7 * day);
});
