import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@artdag/errors';
import type { Keyring } from '@artdag/keyring';
import { createRemoteKeyring } from '@artdag/keyring/remote';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSigningPort } from './start-signing-port.ts';

const secret = 'a secret of the signing port, long enough';
const base = (text: string) => Buffer.from(`(request-target): post /inbox\n${text}`);

/** Signs by writing down who signs what, and has no keys of `nobody`. */
const keyring: Pick<Keyring, 'sign'> = {
  async sign({ username, algorithm }, bytes) {
    if (username === 'nobody') throw new AppError('key-missing', 'There is no key of nobody');
    if (username === 'broken') throw new Error('/secret/path is gone');
    return Buffer.from(`${algorithm} ${username} ${bytes.length}`);
  },
};

let parts: AsyncDisposableStack;
let url: string;

beforeEach(async () => {
  parts = new AsyncDisposableStack();
  const port = parts.use(await startSigningPort({ host: '127.0.0.1', port: 0, secret, keyring }));
  url = `http://127.0.0.1:${port.port}`;
});
afterEach(() => parts.disposeAsync());

function remote(options: { url?: string; secret?: string; timeoutMs?: number } = {}) {
  return parts.use(createRemoteKeyring({ url, secret, ...options }));
}

function post(body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${url}/sign`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const wish = (username: string, bytes: Buffer) => {
  return { username, algorithm: 'rsa-sha256', bytes: bytes.toString('base64') };
};

test('signs for whoever knows the secret', async () => {
  const bytes = base('host: peer.example');
  const signature = await remote().sign({ username: 'giles', algorithm: 'ed25519' }, bytes);
  expect(signature.toString()).toBe(`ed25519 giles ${bytes.length}`);
});

test.each(['another secret of the signing port', ''])(
  '401 with the wrong secret',
  async (wrong) => {
    const response = await post([wish('giles', base(''))], { authorization: `Bearer ${wrong}` });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    const signing = remote({ secret: wrong }).sign(
      { username: 'giles', algorithm: 'ed25519' },
      base(''),
    );
    await expect(signing).rejects.toMatchObject({ code: 'unavailable' });
  },
);

test('an error of one wish does not touch the others, and tells nothing of what is inside', async () => {
  const response = await post(['giles', 'nobody', 'broken'].map((name) => wish(name, base(''))));
  expect(await response.json()).toMatchObject([
    { signature: expect.any(String) },
    { error: { code: 'key-missing', detail: 'There is no key of nobody' } },
    { error: { code: 'internal', detail: 'The signature could not be made.' } },
  ]);
});

test('an error reaches whoever asked with its code', async () => {
  const signing = remote().sign({ username: 'nobody', algorithm: 'ed25519' }, base(''));
  await expect(signing).rejects.toMatchObject({ code: 'key-missing' });
});

test('a claim cannot be signed by way of the signing port', async () => {
  const hashes = Buffer.alloc(64, 7);
  const signing = remote().sign({ username: 'giles', algorithm: 'rsa-sha256' }, hashes);
  await expect(signing).rejects.toMatchObject({ code: 'forbidden' });
});

test('caps what it takes', async () => {
  const many = Array.from({ length: 257 }, () => wish('giles', base('')));
  expect((await post(many)).status).toBe(400);
  expect((await post([wish('giles', Buffer.alloc(9000, 32))])).status).toBe(400);
  expect((await post([])).status).toBe(400);
  expect((await post('{')).status).toBe(400);
  const huge = await post(' '.repeat(4_000_000)).then(
    (response) => response.status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(huge);
  expect(
    (await fetch(`${url}/keys`, { headers: { authorization: `Bearer ${secret}` } })).status,
  ).toBe(404);
});

test('many that sign at the same time share few requests, and each gets his own signature', async () => {
  const asked: number[] = [];
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    asked.push(JSON.parse(body).length);
    response.end(await (await post(body)).text());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  parts.defer(() => void proxy.close());
  const { port } = proxy.address() as AddressInfo;
  const keys = remote({ url: `http://127.0.0.1:${port}` });
  const signatures = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      keys.sign({ username: `user${index}`, algorithm: 'ed25519' }, base('')),
    ),
  );
  for (const [index, signature] of signatures.entries()) {
    expect(signature.toString()).toContain(`user${index} `);
  }
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(Math.max(...asked)).toBeLessThanOrEqual(256);
});

test('a stop answers what was asked, and waits for no client that asks without a pause', async () => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
  const slow = {
    sign: async () => {
      asked();
      await mayEnd;
      return Buffer.from('late');
    },
  };
  const port = await startSigningPort({ host: '127.0.0.1', port: 0, secret, keyring: slow });
  const keys = remote({ url: `http://127.0.0.1:${port.port}` });
  const sign = () => keys.sign({ username: 'giles', algorithm: 'ed25519' }, base(''));
  const first = sign();
  await isAsked;
  const stopped = port[Symbol.asyncDispose]();
  end();
  expect((await first).toString()).toBe('late');
  let others = 0;
  const keepAsking = async () => {
    for (; others < 1000; others += 1) await sign();
  };
  await expect(keepAsking()).rejects.toMatchObject({ code: 'unavailable' });
  expect(others).toBe(0);
  await stopped;
});

test('a signer that is away, hangs or is none is unavailable', async () => {
  const mute = createServer(() => undefined);
  const other = createServer((_, response) => response.end('{"it":"works"}'));
  for (const server of [mute, other]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    parts.defer(() => server.closeAllConnections());
    parts.defer(() => void server.close());
  }
  const ports = [1, ...[mute, other].map((server) => (server.address() as AddressInfo).port)];
  for (const port of ports) {
    const keys = remote({ url: `http://127.0.0.1:${port}`, timeoutMs: 200 });
    const signing = keys.sign({ username: 'giles', algorithm: 'ed25519' }, base(''));
    await expect(signing).rejects.toMatchObject({ code: 'unavailable' });
  }
});
