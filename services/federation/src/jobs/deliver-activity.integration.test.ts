import { checkHttpSignature, readHttpSignature, verifyHttpSignature } from '@artdag/signatures';
import { afterEach, expect, inject, test } from 'vitest';
import {
  createTestFederation,
  publicKeys,
  type TestFederation,
} from '../testing/create-test-federation.ts';
import { type ReceivedPost, type Sink, type SinkAnswer, startSink } from '../testing/start-sink.ts';

const minute = 60_000;
const hour = 60 * minute;
let parts = new AsyncDisposableStack();
afterEach(async () => {
  await parts.disposeAsync();
  parts = new AsyncDisposableStack();
});

/** A federation whose only follower is delivered to at a sink. */
async function setUp(answer: SinkAnswer = 202) {
  const sink = parts.use(await startSink(answer));
  const federation = parts.use(
    await createTestFederation({ mongodbUrl: inject('mongodbUrl'), hosts: [sink.host] }),
  );
  await federation.follow('ann', sink.inbox);
  return { sink, federation };
}

async function sendOut(
  federation: TestFederation,
  wish: Parameters<TestFederation['publish']>[0] = {},
) {
  const activity = await federation.publish(wish);
  const [id = ''] = (await federation.fanOut(activity.activityId)).ids;
  return { activity, id };
}

/** Delivers at the time that each outcome names, until the job ends or `limit` runs were made. */
async function deliverUntilEnd(federation: TestFederation, id: string, limit = 40) {
  for (let run = 0; run < limit; run += 1) {
    const outcome = await federation.deliver(id);
    if (!outcome) return run + 1;
    federation.clock.time = Math.max(federation.clock.time, outcome.againAt.getTime());
  }
  return limit;
}

function schemeOf({ headers }: ReceivedPost) {
  const keyId = /keyid="([^"]+)"/i.exec(
    `${headers['signature-input'] ?? headers['signature']}`,
  )?.[1];
  const key = keyId?.endsWith('#ed25519-key') ? 'ed25519' : 'rsa';
  return `${headers['signature-input'] ? 'rfc9421' : 'cavage'} ${key}`;
}

/** Whether a post verifies as a strict peer would do it. */
function verifies(post: ReceivedPost, sink: Sink, now: Date): boolean {
  const request = {
    method: 'POST',
    target: post.path,
    origin: `http://${sink.host}`,
    headers: post.headers,
  };
  const read = readHttpSignature(request);
  if (!read.ok) return false;
  const body = Buffer.from(post.body);
  if (checkHttpSignature(request, read.signature, { body, now })) return false;
  const algorithm = read.signature.keyId.endsWith('#ed25519-key') ? 'ed25519' : 'rsa-sha256';
  return verifyHttpSignature(read.signature, publicKeys[algorithm]).ok;
}

test('202: the exact text arrives signed, and the delivery ends', async () => {
  const { sink, federation } = await setUp();
  const { activity, id } = await sendOut(federation);
  expect(await federation.deliver(id)).toBeUndefined();
  const [post] = sink.posts;
  expect(post).toMatchObject({ path: '/inbox', body: activity.text });
  expect(post?.headers['content-type']).toBe('application/activity+json');
  expect(post && schemeOf(post)).toBe('cavage rsa');
  expect(post && verifies(post, sink, federation.context.now())).toBe(true);
  expect(await federation.row(id)).toMatchObject({
    state: 'delivered',
    attempts: 1,
    lastStatus: 202,
  });
  expect(await federation.deliver(id)).toBeUndefined();
  expect(sink.posts).toHaveLength(1);
});

test('410: the followers of the inbox are removed', async () => {
  const { federation } = await setUp(410);
  const { id } = await sendOut(federation);
  expect(await federation.deliver(id)).toBeUndefined();
  expect(await federation.row(id)).toMatchObject({ state: 'failed', lastError: 'HTTP 410' });
  expect(await federation.store.followers.count('giles')).toBe(0);
});

test('404: final, and the followers stay', async () => {
  const { sink, federation } = await setUp(404);
  const { id } = await sendOut(federation);
  expect(await federation.deliver(id)).toBeUndefined();
  expect(await federation.row(id)).toMatchObject({ state: 'failed', lastStatus: 404 });
  expect(sink.posts).toHaveLength(1);
  expect(await federation.store.followers.count('giles')).toBe(1);
});

test('429 with Retry-After: waits as asked, with everything else for that host', async () => {
  const { sink, federation } = await setUp((response) => {
    response.writeHead(429, { 'retry-after': '120' }).end();
  });
  const { id } = await sendOut(federation);
  const other = await sendOut(federation, { objectIri: 'https://art.test/objects/other' });
  const { time } = federation.clock;
  expect(await federation.deliver(id)).toEqual({ againAt: new Date(time + 122_500) });
  const waiting = await federation.deliver(other.id);
  expect(waiting?.againAt.getTime()).toBeGreaterThanOrEqual(time + 122_500);
  expect(sink.posts).toHaveLength(1);
  expect(await federation.row(id)).toMatchObject({ state: 'pending', attempts: 1 });
  expect((await federation.store.hosts.find(sink.host))?.failures).toBeUndefined();
});

test('500: 16 tries with the same bytes and a fresh signature each, then it has failed', async () => {
  const { sink, federation } = await setUp(500);
  const { activity, id } = await sendOut(federation);
  await deliverUntilEnd(federation, id, 200);
  expect(await federation.row(id)).toMatchObject({
    state: 'failed',
    attempts: 16,
    lastStatus: 500,
  });
  expect(new Set(sink.posts.map((post) => post.body))).toEqual(new Set([activity.text]));
  expect(new Set(sink.posts.map((post) => post.headers['signature'])).size).toBe(16);
});

test('a hanging host costs the deadline and not more', async () => {
  const { federation } = await setUp(() => undefined);
  const { id } = await sendOut(federation);
  const startedAt = performance.now();
  expect(await federation.deliver(id)).toEqual({
    againAt: new Date(federation.clock.time + 16_250),
  });
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect((await federation.row(id)).lastError).toMatch(/^timeout: /);
});

test('slow-drip response: headers that never end cost the deadline and not more', async () => {
  const { federation } = await setUp((response) => {
    const drip = setInterval(() => response.socket?.write('x'), 50);
    response.socket?.write('HTTP/1.1 202 Accepted\r\nx-drip: ');
    response.socket?.on('close', () => clearInterval(drip));
  });
  const { id } = await sendOut(federation);
  const startedAt = performance.now();
  expect(await federation.deliver(id)).toBeDefined();
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect((await federation.row(id)).state).toBe('pending');
});

test('a redirect is not followed, also not to a private address', async () => {
  const target = parts.use(await startSink());
  const { federation } = await setUp((response) => {
    response.writeHead(307, { location: target.inbox }).end();
  });
  const { id } = await sendOut(federation);
  expect(await federation.deliver(id)).toBeDefined();
  expect(target.posts).toHaveLength(0);
  expect(await federation.row(id)).toMatchObject({ state: 'pending', lastStatus: 307 });
});

test('an inbox at a private address is never asked', async () => {
  const { federation } = await setUp();
  const inside = parts.use(await startSink());
  await federation.follow('eve', inside.inbox);
  const { activityId } = await federation.publish();
  const { ids } = await federation.fanOut(activityId);
  for (const id of ids) await federation.deliver(id);
  expect(inside.posts).toHaveLength(0);
});

test.each([
  ['cavage', 'rfc9421', 401],
  ['cavage', 'rfc9421', 400],
  ['rfc9421', 'cavage', 403],
] as const)(
  'double-knock: %s is refused, so %s is tried at once and remembered (%i)',
  async (refused, taken, status) => {
    const { sink, federation } = await setUp((response, post) => {
      response.writeHead(schemeOf(post).startsWith(taken) ? 202 : status).end();
    });
    if (refused === 'rfc9421') {
      await federation.store.hosts.learn(sink.host, { scheme: 'rfc9421' }, new Date());
    }
    const first = await sendOut(federation);
    expect(await federation.deliver(first.id)).toBeUndefined();
    expect(sink.posts.map(schemeOf)).toEqual([`${refused} rsa`, `${taken} rsa`]);
    expect(sink.posts.every((post) => verifies(post, sink, federation.context.now()))).toBe(true);
    expect(await federation.row(first.id)).toMatchObject({ state: 'delivered', attempts: 1 });
    federation.restartWorker();
    const second = await sendOut(federation, { objectIri: 'https://art.test/objects/other' });
    await federation.deliver(second.id);
    expect(sink.posts.map(schemeOf).at(-1)).toBe(`${taken} rsa`);
    expect(sink.posts).toHaveLength(3);
  },
);

test('401 in both ways: tried again later, and nothing is remembered', async () => {
  const { sink, federation } = await setUp(401);
  const { id } = await sendOut(federation);
  expect(await federation.deliver(id)).toBeDefined();
  expect(sink.posts).toHaveLength(2);
  expect(await federation.row(id)).toMatchObject({
    state: 'pending',
    attempts: 1,
    lastStatus: 401,
  });
  expect((await federation.store.hosts.find(sink.host))?.scheme).toBeUndefined();
});

test('a host known to take Ed25519 gets it, until it refuses', async () => {
  const { sink, federation } = await setUp();
  await federation.store.hosts.learn(sink.host, { acceptsEd25519: true }, new Date());
  const first = await sendOut(federation);
  await federation.deliver(first.id);
  expect(sink.posts.map(schemeOf)).toEqual(['rfc9421 ed25519']);
  expect(sink.posts.every((post) => verifies(post, sink, federation.context.now()))).toBe(true);
  sink.answer = (response, post) =>
    response.writeHead(schemeOf(post).endsWith('ed25519') ? 401 : 202).end();
  const second = await sendOut(federation, { objectIri: 'https://art.test/objects/other' });
  await federation.deliver(second.id);
  expect(sink.posts.map(schemeOf)).toEqual(['rfc9421 ed25519', 'rfc9421 ed25519', 'rfc9421 rsa']);
  expect(await federation.store.hosts.find(sink.host)).toMatchObject({
    acceptsEd25519: false,
    scheme: 'rfc9421',
  });
});

/** A host that a trial by Ed25519 is worth at, with its inbox. */
async function setUpForTrial(answer: SinkAnswer) {
  const both = await setUp(answer);
  const { sink, federation } = both;
  const known = { scheme: 'rfc9421', ed25519Hint: 'listed' } as const;
  await federation.store.hosts.learn(sink.host, known, federation.context.now());
  return both;
}

test('a host that takes a trial by Ed25519 gets nothing else from then on', async () => {
  const { sink, federation } = await setUpForTrial(202);
  await federation.deliver((await sendOut(federation)).id);
  expect(await federation.store.hosts.find(sink.host)).toMatchObject({
    acceptsEd25519: true,
    ed25519At: federation.context.now(),
  });
  federation.restartWorker();
  const objectIri = 'https://art.test/objects/other';
  await federation.deliver((await sendOut(federation, { objectIri })).id);
  expect(sink.posts.map(schemeOf)).toEqual(['rfc9421 ed25519', 'rfc9421 ed25519']);
  expect(sink.posts.every((post) => verifies(post, sink, federation.context.now()))).toBe(true);
});

test.each([400, 401, 403, 404, 410, 500])(
  'a trial by Ed25519 that is answered %i costs no delivery, and is made again in 30 days',
  async (status) => {
    const { sink, federation } = await setUpForTrial((response, post) => {
      response.writeHead(schemeOf(post).endsWith('ed25519') ? status : 202).end();
    });
    const first = await sendOut(federation);
    expect(await federation.deliver(first.id)).toBeUndefined();
    expect(await federation.row(first.id)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(await federation.store.hosts.find(sink.host)).toMatchObject({ acceptsEd25519: false });
    federation.restartWorker();
    for (const days of [29, 2]) {
      federation.clock.time += days * 24 * hour;
      const objectIri = `https://art.test/objects/${days}`;
      await federation.deliver((await sendOut(federation, { objectIri })).id);
    }
    expect(sink.posts.map(schemeOf)).toEqual([
      'rfc9421 ed25519',
      'rfc9421 rsa',
      'rfc9421 rsa',
      'rfc9421 ed25519',
      'rfc9421 rsa',
    ]);
  },
);

test('a host that breaks down at Ed25519 gets the next try by RSA', async () => {
  const { federation } = await setUpForTrial((response, post) => {
    if (schemeOf(post).endsWith('ed25519')) response.socket?.destroy();
    else response.writeHead(202).end();
  });
  const { id } = await sendOut(federation);
  expect(await deliverUntilEnd(federation, id)).toBe(2);
  expect(await federation.row(id)).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('a trial that is answered 429 is no second request, and teaches nothing', async () => {
  const { sink, federation } = await setUpForTrial(429);
  expect(await federation.deliver((await sendOut(federation)).id)).toBeDefined();
  expect(sink.posts).toHaveLength(1);
  expect((await federation.store.hosts.find(sink.host))?.acceptsEd25519).toBeUndefined();
});

test('a Delete never overtakes its Create', async () => {
  const { sink, federation } = await setUp(503);
  const create = await sendOut(federation);
  const deletion = await sendOut(federation, { type: 'Delete' });
  const failed = await federation.deliver(create.id);
  const waiting = await federation.deliver(deletion.id);
  expect(waiting?.againAt.getTime()).toBeGreaterThanOrEqual(failed?.againAt.getTime() ?? Infinity);
  expect(sink.posts).toHaveLength(1);
  sink.answer = 202;
  federation.clock.time = waiting?.againAt.getTime() ?? 0;
  await federation.deliver(deletion.id);
  expect(sink.posts).toHaveLength(1);
  await deliverUntilEnd(federation, create.id);
  await deliverUntilEnd(federation, deletion.id);
  const types = sink.posts.map((post) => JSON.parse(post.body).type);
  expect(types).toEqual(['Create', 'Create', 'Delete']);
});

test('the breaker opens at five failures, takes one probe after 30 min, and an answer closes it', async () => {
  const { sink, federation } = await setUp(500);
  const ids: string[] = [];
  for (let number = 0; number < 8; number += 1) {
    const objectIri = `https://art.test/objects/${number}`;
    ids.push((await sendOut(federation, { objectIri })).id);
  }
  for (const id of ids.slice(0, 5)) {
    await federation.deliver(id);
    federation.clock.time += 2000;
  }
  expect(sink.posts).toHaveLength(5);
  const openUntil = (await federation.store.hosts.find(sink.host))?.openUntil;
  const parked = await federation.deliver(ids[5] ?? '');
  expect(parked).toEqual({ againAt: new Date((openUntil?.getTime() ?? 0) + 30_000) });
  expect(sink.posts).toHaveLength(5);
  expect(await federation.row(ids[5] ?? '')).toMatchObject({
    attempts: 0,
    nextAt: parked?.againAt,
  });

  federation.restartWorker();
  sink.answer = 202;
  federation.clock.time = parked?.againAt.getTime() ?? 0;
  const probes = await Promise.all(ids.slice(5).map((id) => federation.deliver(id)));
  expect(probes.filter((outcome) => outcome === undefined)).toHaveLength(1);
  expect(sink.posts).toHaveLength(6);
  expect((await federation.store.hosts.find(sink.host))?.openUntil).toBeUndefined();
  for (const id of ids) await deliverUntilEnd(federation, id);
  for (const id of ids) expect(await federation.row(id)).toMatchObject({ state: 'delivered' });
});

test('of two workers one takes the probe, and a failed one opens the breaker again', async () => {
  const { sink, federation } = await setUp(500);
  const { id } = await sendOut(federation);
  const other = await sendOut(federation, { objectIri: 'https://art.test/objects/other' });
  const openUntil = new Date(federation.clock.time);
  await federation.store.hosts.learn(sink.host, { failures: 5, openUntil }, openUntil);
  const first = federation.deliver(id);
  federation.restartWorker();
  await Promise.all([first, federation.deliver(other.id)]);
  expect(sink.posts).toHaveLength(1);
  expect((await federation.store.hosts.find(sink.host))?.openUntil).toEqual(
    new Date(federation.clock.time + 30 * minute),
  );
});

test('a peer that is down for 24 h gets everything', async () => {
  const { sink, federation } = await setUp((response) => response.socket?.destroy());
  const { id } = await sendOut(federation);
  const endOfOutage = federation.clock.time + 24 * hour;
  while (federation.clock.time < endOfOutage) {
    const outcome = await federation.deliver(id);
    federation.clock.time = outcome?.againAt.getTime() ?? endOfOutage;
  }
  sink.answer = 202;
  await deliverUntilEnd(federation, id);
  expect(await federation.row(id)).toMatchObject({ state: 'delivered' });
});

test('a paused host is not tried until it goes on, or a week has passed', async () => {
  const { sink, federation } = await setUp();
  const { id } = await sendOut(federation);
  await federation.store.hosts.setPaused(sink.host, federation.context.now());
  expect((await federation.deliver(id))?.againAt.getTime()).toBe(
    federation.clock.time + 60.5 * minute,
  );
  expect(sink.posts).toHaveLength(0);
  const other = await sendOut(federation, { objectIri: 'https://art.test/objects/other' });
  await federation.deliver(other.id);

  await federation.store.hosts.setPaused(sink.host, undefined);
  await federation.store.deliveries.retryHost(sink.host, federation.context.now());
  federation.clock.time += 2000;
  expect(await federation.deliver(id)).toBeUndefined();
  expect(sink.posts).toHaveLength(1);

  await federation.store.hosts.setPaused(sink.host, federation.context.now());
  federation.clock.time += 7 * 24 * hour + 2 * hour;
  expect(await federation.deliver(other.id)).toBeUndefined();
  expect(await federation.row(other.id)).toMatchObject({
    state: 'failed',
    lastError: 'given up: the host is paused',
  });
});

test('a crash between the POST and the mark repeats the POST with the same id, and the ledger converges', async () => {
  const { sink, federation } = await setUp();
  const { activity, id } = await sendOut(federation);
  const end = federation.store.deliveries.end;
  const killed = async () => {
    throw new Error('killed');
  };
  Object.assign(federation.store.deliveries, { end: killed });
  await expect(federation.deliver(id)).rejects.toThrow('killed');
  Object.assign(federation.store.deliveries, { end });
  federation.restartWorker();
  expect(await federation.deliver(id)).toBeUndefined();
  const ids = sink.posts.map((post) => JSON.parse(post.body).id);
  expect(ids).toEqual([0, 1].map(() => federation.context.iris.activity(activity.activityId)));
  expect(await federation.row(id)).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('private key in each stored delivery: a row holds ids, and no key, body or signature', async () => {
  const { federation } = await setUp();
  const { id } = await sendOut(federation);
  const row = await federation.row(id);
  expect(Object.keys(row).toSorted()).toEqual([
    'activityId',
    'actor',
    'attempts',
    'createdAt',
    'deliveryId',
    'hasPredecessor',
    'host',
    'inbox',
    'nextAt',
    'objectIri',
    'publishedAt',
    'state',
  ]);
  expect(JSON.stringify(row).length).toBeLessThan(1024);
});

test('a signer that is away costs no try', async () => {
  const { sink, federation } = await setUp();
  const { AppError } = await import('@artdag/errors');
  const away = async () => {
    throw new AppError('unavailable', 'The signer does not answer.');
  };
  const sign = federation.context.keyring.sign;
  Object.assign(federation.context.keyring, { sign: away });
  const { id } = await sendOut(federation);
  const outcome = await federation.deliver(id).finally(() => {
    Object.assign(federation.context.keyring, { sign });
  });
  expect(outcome).toEqual({ againAt: new Date(federation.clock.time + 5500) });
  expect(await federation.row(id)).toMatchObject({ state: 'pending', attempts: 0 });
  expect(await federation.deliver(id)).toBeUndefined();
  expect(sink.posts).toHaveLength(1);
});

test('what is delivered a second later asks the store for its host once', async () => {
  const { federation } = await setUp();
  let asked = 0;
  const findRuled = federation.store.hosts.findRuled;
  Object.assign(federation.store.hosts, {
    findRuled: (host: string) => {
      asked += 1;
      return findRuled(host);
    },
  });
  for (let number = 0; number < 10; number += 1) {
    const { id } = await sendOut(federation, { objectIri: `https://art.test/objects/${number}` });
    await deliverUntilEnd(federation, id);
    federation.clock.time += 100;
  }
  expect(asked).toBe(1);
});
