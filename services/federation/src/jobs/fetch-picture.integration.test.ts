import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { type Sink, startSink } from '../testing/start-sink.ts';
import { fetchPictureHandler } from './fetch-picture.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

const parts = new AsyncDisposableStack();
let federation: TestFederation;
let host: Sink;
let png: Buffer;
let answer: (response: ServerResponse) => void;

const sha3 = (bytes: Buffer | string) => createHash('sha3-256').update(bytes).digest('hex');

beforeAll(async () => {
  png = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#5a35c9' } })
    .png()
    .toBuffer();
  host = parts.use(await startSink((response) => answer(response)));
  federation = parts.use(
    await createTestFederation({ mongodbUrl: inject('mongodbUrl'), hosts: [host.host] }),
  );
});
afterAll(() => parts.disposeAsync());

/** Registers a picture at an address, runs the job, and says what the asset tells of it then. */
async function fetchPicture(contentHash: string, url = `http://${host.host}/${randomUUID()}.png`) {
  const { store, context } = federation;
  const activityId = randomUUID();
  const registeredAt = new Date();
  await store.assets.insert({
    name: activityId,
    contentHash,
    assetType: 'image',
    tags: [],
    metadata: '{}',
    url,
    owner: 'ann',
    createdAt: registeredAt.toISOString(),
    registeredAt,
    activityId,
  });
  const later = new Date(registeredAt.getTime() + 60_000);
  expect(await store.assets.outbox.due('fetch-picture', later, 1000)).toContain(activityId);
  const handler = fetchPictureHandler(context);
  const run = () => handler.process({ activityId }, new AbortController().signal);
  await run();
  await run();
  expect(await store.assets.outbox.due('fetch-picture', later, 1000)).not.toContain(activityId);
  expect(await store.assets.outbox.due('sign-activity', later, 1000)).toContain(activityId);
  return (await store.assets.find(activityId))?.picture?.state;
}

const serve = (body: Buffer | string, type = 'image/png') => {
  answer = (response) => response.writeHead(200, { 'content-type': type }).end(body);
};

test('a picture whose bytes have the registered hash is kept, in two sizes', async () => {
  serve(png);
  const hash = sha3(png);
  expect(await fetchPicture(hash)).toBe('kept');
  const [large, small] = await Promise.all([
    federation.store.pictures.find(hash, 'large'),
    federation.store.pictures.find(hash, 'small'),
  ]);
  expect([large?.width, small?.width]).toEqual([800, 400]);
  expect(Buffer.from(large?.bytes ?? []).toString('latin1', 8, 12)).toBe('WEBP');
});

test('other bytes are not kept, and it is said', async () => {
  serve(png);
  const hash = sha3('something else');
  expect(await fetchPicture(hash)).toBe('differs');
  expect(await federation.store.pictures.exists(hash)).toBe(false);
});

test.each([
  ['an SVG that calls itself a PNG', SVG],
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['an empty body', ''],
])('%s is not shown, though its hash is right', async (_, body) => {
  serve(body);
  expect(await fetchPicture(sha3(body))).toBe('unusable');
});

test.each([
  ['404', (response: ServerResponse) => response.writeHead(404).end()],
  [
    'a redirect to a private address',
    (response: ServerResponse) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  ],
  [
    'eleven megabytes',
    (response: ServerResponse) => response.writeHead(200).end(Buffer.alloc(11 * 1024 * 1024)),
  ],
])('%s is unreachable', async (_, make) => {
  answer = make;
  expect(await fetchPicture(sha3(randomUUID()))).toBe('unreachable');
});

test.each(['http://127.0.0.1:1/x.png', 'http://[::1]/x.png', 'https://10.0.0.1/x.png'])(
  '%s is not asked',
  async (url) => {
    expect(await fetchPicture(sha3(randomUUID()), url)).toBe('unreachable');
  },
);

test('a server that is down is asked again, and given up for operators to see', async () => {
  answer = (response) => response.writeHead(503).end();
  await expect(fetchPicture(sha3(randomUUID()))).rejects.toMatchObject({ code: 'unavailable' });
  const { store, context } = federation;
  const [activityId = ''] = await store.assets.outbox.due(
    'fetch-picture',
    new Date('9999-01-01'),
    10,
  );
  await fetchPictureHandler(context).setAside({ activityId }, 'it does not answer');
  expect((await store.assets.findByActivity(activityId))?.picture?.state).toBe('unreachable');
  const failed = { kind: 'fetch-picture', reason: 'it does not answer' };
  expect(await store.failures.groups()).toMatchObject([{ ...failed, count: 1 }]);
});
