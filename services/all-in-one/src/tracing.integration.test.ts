import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createProducer,
  createQueueInspector,
  createRelayRound,
  loadJobTelemetry,
  signActivity,
} from '@artdag/queues';
import { createLogger, createMetrics, type Runtime } from '@artdag/runtime';
import { startTracing } from '@artdag/runtime/tracing';
import { connectStore, type Store } from '@artdag/store';
import { createTestDatabaseUrl, createTestPrefix, freePort, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readAllInOneConfig } from './config.ts';
import { createAllInOne } from './service.ts';

type Processor = NonNullable<Parameters<typeof startTracing>[2]>;
type Span = Parameters<Processor['onEnd']>[0];

const PASSWORD = 'correct horse battery';
const SECRET = 'the secret of all tokens';

const parts = new AsyncDisposableStack();
const spans: Span[] = [];
const lines: string[] = [];
const posts: IncomingHttpHeaders[] = [];
const prefix = createTestPrefix();
const redisUrl = inject('redisUrl');
const mongodbUrl = createTestDatabaseUrl(inject('mongodbUrl'));
let runtime: Runtime;
let tracing: ReturnType<typeof startTracing>;
let store: Store;
let url: string;
let token: string;
let start: (roles: string) => Promise<AsyncDisposable>;

beforeAll(async () => {
  const processor: Processor = {
    onStart: () => undefined,
    onEnd: (span) => void spans.push(span),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
  tracing = parts.use(
    startTracing('test', { endpoint: 'http://127.0.0.1:1', ratio: 1 }, processor),
  );
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({
    role: 'test',
    level: 'info',
    destination,
    mixin: tracing.logFields,
  });
  runtime = { logger, metrics: createMetrics(), tracing };
  const directory = await mkdtemp(join(tmpdir(), 'artdag-tracing-'));
  parts.defer(() => rm(directory, { recursive: true, force: true }));
  const host = await startSink();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = {
    MONGODB_URL: mongodbUrl,
    REDIS_URL: redisUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
    ARTDAG_DATA: directory,
    ARTDAG_DOMAIN: 'art.example',
    ARTDAG_QUEUE_PREFIX: prefix,
    ARTDAG_ALLOWED_HOSTS: host,
    ARTDAG_JWT_SECRET_FILE: '/nowhere/jwt_secret',
    JWT_SECRET: SECRET,
  };
  start = (ROLES) => createAllInOne(readAllInOneConfig({ ...env, ROLES }), runtime, env);
  store = parts.use(await connectStore(mongodbUrl));
  await store.followers.put({
    username: 'ada',
    actorIri: `http://${host}/users/bob`,
    inbox: `http://${host}/inbox`,
    deliveryInbox: `http://${host}/inbox`,
    host,
    followIri: `http://${host}/follows/1`,
    since: new Date(),
  });
});
afterAll(() => parts.disposeAsync());

async function startSink(): Promise<string> {
  const server = createServer((request, response) => {
    posts.push(request.headers);
    request.resume().on('end', () => response.writeHead(202).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  parts.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return JSON.parse(await response.text());
}

const asset = (name: string) => ({ name, content_hash: name, asset_type: 'image' });
const requestSpan = () => spans.findLast(({ name }) => name === 'POST /registry');
const inTraceOf = (root: Span | undefined) =>
  spans.filter((span) => span.spanContext().traceId === root?.spanContext().traceId);

test('one trace goes from the request through every job to the delivery', async () => {
  await using _server = await start('gateway,signer,federation');
  ({ access_token: token } = await send('/auth/register', { username: 'ada', password: PASSWORD }));
  const stranger = '00-11111111111111111111111111111111-2222222222222222-01';
  await send('/registry', asset('traced'), {
    authorization: `Bearer ${token}`,
    traceparent: stranger,
  });
  await waitFor('the delivery has arrived', async () => posts.length === 1);
  await waitFor(
    'its span has ended',
    async () => inTraceOf(requestSpan()).some(({ name }) => name === 'process deliver-activity'),
    10_000,
  );
  const trace = inTraceOf(requestSpan());
  const names = trace.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'POST /registry',
      'add sign-activity.sign-activity',
      'process sign-activity',
      'process fan-out-activity',
      'process deliver-activity',
      'POST peer',
    ]),
  );
  const ids = new Set(trace.map((span) => span.spanContext().spanId));
  for (const span of trace) {
    if (span.name === 'POST /registry') expect(span.parentSpanContext).toBeUndefined();
    else expect(ids).toContain(span.parentSpanContext?.spanId);
  }
  expect(requestSpan()?.spanContext().traceId).not.toBe('1'.repeat(32));
  expect(requestSpan()?.attributes).toMatchObject({
    'http.response.status_code': expect.toBeOneOf([200, 202]),
  });
  expect(posts[0]).not.toHaveProperty('traceparent');
});

test('housekeeping of the queues is no trace', () => {
  expect(spans.filter(({ name }) => /^(getNextJob|moveStalled|startStalled)/.test(name))).toEqual(
    [],
  );
});

test('a request and a job are one line of log each, with the trace and without a secret', () => {
  const traceId = requestSpan()?.spanContext().traceId;
  const written = lines.map((line) => JSON.parse(line)).filter((line) => line.traceId === traceId);
  // The answer may come before the line of the job that it has waited for.
  expect(written.map(({ msg, queue }) => queue ?? msg).toSorted()).toEqual([
    'deliver-activity',
    'fan-out-activity',
    'request',
    'sign-activity',
  ]);
  const text = lines.join('');
  for (const secret of [PASSWORD, SECRET, token, 'PRIVATE KEY']) expect(text).not.toContain(secret);
  const attributes = JSON.stringify(spans.map((span) => span.attributes));
  for (const secret of [PASSWORD, SECRET, token]) expect(attributes).not.toContain(secret);
});

test('work that the relay brings back goes on with the trace it was promised in', async () => {
  const queues = { redisUrl, prefix };
  let activityId: string;
  {
    await using _gateway = await start('gateway');
    const headers = { authorization: `Bearer ${token}`, prefer: 'respond-async' };
    const answer = await send('/registry', asset('lost'), headers);
    activityId = answer.asset.activity_id;
    await using inspector = createQueueInspector(queues);
    expect(await inspector.removeJob(signActivity, activityId)).toBe(true);
  }
  const telemetry = await loadJobTelemetry();
  await using producer = createProducer({ ...queues, telemetry });
  await producer.enqueue(signActivity, 'opens-the-queue');
  const observer = { relayed: () => undefined, relayFailed: () => undefined };
  const now = () => new Date(Date.now() + 60_000);
  const source = { contract: signActivity, outbox: store.assets.outbox };
  await using round = createRelayRound(source, { sources: [source], producer, observer, now });
  await round.run();
  await using _signer = await start('signer');
  await waitFor('the claim is signed', async () => {
    return (await store.assets.find('lost'))?.state === 'signed';
  });
  await waitFor(
    'its span has ended',
    async () => inTraceOf(requestSpan()).some(({ name }) => name === 'process sign-activity'),
    10_000,
  );
});
