import { setInterval } from 'node:timers';
import { connectStore, type Delivery, type Store } from '@artdag/store';
import { waitFor } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { auditDeliveries } from './audit-deliveries.ts';
import { type FederationScene, startFederationScene } from './federation-scene.ts';
import { type SinkBehaviour, startSinkHosts, take } from './sink-hosts.ts';

const HOSTS = 32;
const ACTIVITIES = 20;
const MINUTE = 60_000;

const answer = (status: number, headers: Record<string, string> = {}): SinkBehaviour => {
  return (response) => response.writeHead(status, headers).end();
};

const hang: SinkBehaviour = () => undefined;
const reset: SinkBehaviour = (response) => response.socket?.resetAndDestroy();
const slow: SinkBehaviour = (response, post) => void setTimeout(take, 800, response, post);
const drip: SinkBehaviour = ({ socket }) => {
  socket?.write('HTTP/1.1 202 Accepted\r\nx-drip: ');
  const timer = setInterval(() => socket?.write('x'), 100);
  socket?.once('close', () => clearInterval(timer));
};

let parts = new AsyncDisposableStack();
let scene: FederationScene;
let store: Store;
let healthy: readonly string[];
const ill = new Map<string, string>();
const trap = { posts: [] as readonly unknown[] };

beforeAll(async () => {
  await using started = new AsyncDisposableStack();
  const urls = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
  scene = started.use(await startFederationScene({ ...urls, hosts: HOSTS }));
  store = started.use(await connectStore(scene.constellation.mongodbUrl));
  const inside = started.use(await startSinkHosts(1));
  trap.posts = inside.posts;
  const behaviours: Record<string, SinkBehaviour> = {
    slow,
    hanging: hang,
    resetting: reset,
    busy: answer(429, { 'retry-after': '120' }),
    gone: answer(410),
    failing: answer(500),
    redirecting: answer(307, { location: inside.inboxes[0] ?? '' }),
    dripping: drip,
  };
  const { hosts, behave } = scene.sinks;
  for (const [index, [name, behaviour]] of Object.entries(behaviours).entries()) {
    const host = hosts[index * 4] ?? '';
    ill.set(name, host);
    behave(behaviour, [host]);
  }
  healthy = hosts.filter((host) => host === ill.get('slow') || ![...ill.values()].includes(host));
  await scene.author.publish(ACTIVITIES);
  await waitFor('healthy hosts have it', () => healthy.every((host) => takenAt(host) > ACTIVITIES));
  parts = started.move();
});
afterAll(() => parts.disposeAsync());

const postsTo = (host: string) => scene.sinks.posts.filter((post) => post.host === host);
const takenAt = (host: string) => postsTo(host).filter(({ isTaken }) => isTaken).length;
const hostOf = (name: string) => ill.get(name) ?? '';

/** Deliveries to a host, without the one that let us meet it. */
async function rowsOf(host: string): Promise<Delivery[]> {
  const [, ...registrations] = scene.author.registrations;
  const activities = await Promise.all(
    registrations.map(async ({ name }) => (await store.assets.find(name))?.activityId ?? ''),
  );
  const rows = await Promise.all(activities.map((id) => store.deliveries.listByActivity(id, 100)));
  return rows.flat().filter((row) => row.host === host);
}

/** Waits for the deliveries to a host of which enough have been tried. */
function triedRows(host: string, tries: number) {
  return waitFor(`${tries} tries are written`, async () => {
    const rows = await rowsOf(host);
    const made = rows.reduce((sum, { attempts }) => sum + attempts, 0);
    return made >= tries && rows;
  });
}

const statesOf = (rows: readonly Delivery[]) => new Set(rows.map(({ state }) => state));
const triesOf = (rows: readonly Delivery[]) => rows.filter(({ attempts }) => attempts > 0);

describe('F10: a quarter of the inboxes is ill', () => {
  test('the others get everything meanwhile', async () => {
    onTestFailed(() => console.error(scene.constellation.logs()));
    // What hangs holds a few places at most, so that the rest of them are for the others.
    const hanging = postsTo(hostOf('hanging')).length + postsTo(hostOf('dripping')).length;
    expect(hanging).toBeLessThanOrEqual(2 + 8);
    expect(await auditDeliveries(scene.author, scene.constellation, healthy)).toEqual([]);
  });

  test.each(['resetting', 'failing'])(
    'one that is %s is left alone after five failures',
    async (name) => {
      const rows = await triedRows(hostOf(name), 5);
      const host = await waitFor('an open breaker', async () => {
        const known = await store.hosts.find(hostOf(name));
        return known?.openUntil && { ...known, openUntil: known.openUntil };
      });
      expect(host.openUntil.getTime()).toBeGreaterThan(Date.now() + 29 * MINUTE);
      expect(postsTo(hostOf(name)).length).toBeLessThanOrEqual(1 + 8);
      expect(statesOf(rows)).toEqual(new Set(['pending']));
      for (const { attempts, nextAt, lastStatus } of triesOf(rows)) {
        expect(attempts).toBe(1);
        expect(nextAt.getTime()).toBeGreaterThan(Date.now());
        expect(lastStatus).toBe(name === 'failing' ? 500 : undefined);
      }
    },
  );

  test.each(['hanging', 'dripping'])(
    'one that is %s costs the deadline of each try',
    async (name) => {
      const rows = await triedRows(hostOf(name), 1);
      expect(statesOf(rows)).toEqual(new Set(['pending']));
      for (const { lastError } of triesOf(rows)) expect(lastError).toMatch(/^timeout: /);
    },
  );

  test('one that is busy is left alone for as long as it asks', async () => {
    const rows = await triedRows(hostOf('busy'), 1);
    const { length: posts } = postsTo(hostOf('busy'));
    expect(posts).toBeLessThanOrEqual(1 + 4);
    expect(statesOf(rows)).toEqual(new Set(['pending']));
    for (const { attempts, lastStatus, nextAt } of triesOf(rows)) {
      expect({ attempts, lastStatus }).toEqual({ attempts: 1, lastStatus: 429 });
      expect(nextAt.getTime()).toBeGreaterThan(Date.now() + MINUTE);
    }
    expect((await store.hosts.find(hostOf('busy')))?.openUntil).toBeUndefined();
  });

  test('one that redirects to a private address is not followed there', async () => {
    const rows = await triedRows(hostOf('redirecting'), 1);
    expect(trap.posts).toEqual([]);
    expect(statesOf(rows)).toEqual(new Set(['pending']));
    for (const { lastStatus } of triesOf(rows)) expect(lastStatus).toBe(307);
  });

  test('one that is gone follows nobody any more', async () => {
    await waitFor('no delivery waits', async () => {
      const rows = await rowsOf(hostOf('gone'));
      return rows.length > 0 && rows.every(({ state }) => state === 'failed');
    });
    const { username } = scene.author.account;
    expect(await store.followers.count(username)).toBe(HOSTS - 1);
    const { length: posts } = postsTo(hostOf('gone'));
    await scene.author.publish(1);
    await waitFor('the next one', () => healthy.every((host) => takenAt(host) > ACTIVITIES + 1));
    expect(postsTo(hostOf('gone')).length).toBe(posts);
  });
});
