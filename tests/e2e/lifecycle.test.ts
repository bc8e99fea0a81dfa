import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@artdag/testing';
import { expect, test } from 'vitest';
import { get, password, post, postForm, signUp } from './client.ts';
import { createOwnServer } from './own-server.ts';

const DRAIN_MS = 25_000;
const FAILED = { code: 1, signal: null };

test('Ctrl-C answers what has begun, then ends with 0 and leaves no process behind', async () => {
  await using server = await createOwnServer();
  const child = await server.start();
  const token = await signUp(server.url, 'alice');
  expect(server.processes()).not.toEqual([]);

  const asset = { name: 'last', content_hash: 'abc', asset_type: 'image' };
  const answered = post(`${server.url}/registry`, asset, token);
  await waitFor('it has begun', async () => (await get(`${server.url}/registry/last`)).json.name);
  const from = performance.now();
  expect(await child.end('SIGINT')).toEqual({ code: 0, signal: null });
  expect(performance.now() - from).toBeLessThan(DRAIN_MS);
  expect([200, 202]).toContain((await answered).status);
  expect(server.processes()).toEqual([]);
});

test('SIGKILL leaves no process behind, and the next start has the data', async () => {
  await using server = await createOwnServer();
  const child = await server.start();
  const token = await signUp(server.url, 'alice');
  const asset = { name: 'kept', content_hash: 'abc', asset_type: 'image' };
  expect((await post(`${server.url}/registry`, asset, token)).status).toBe(200);
  await child.end('SIGKILL');
  await waitFor('no process is left', () => server.processes().length === 0);
  await server.start();
  expect((await get(`${server.url}/registry/kept`)).json).toMatchObject({ state: 'signed' });
});

test("the first start offers a link that sets the first operator's password, once", async () => {
  await using server = await createOwnServer();
  const child = await server.start();
  const link = /http:\/\/localhost:(\d+\/setup\/\S+)/.exec(child.errorOutput())?.[1];
  const setup = `http://127.0.0.1:${link}`;
  expect((await postForm(setup, { password })).status).toBe(200);
  expect((await postForm(setup, { password })).status).toBe(404);
  const login = await post(`${server.url}/auth/login`, { username: 'giles', password });
  const authorization = `Bearer ${login.json.access_token}`;
  expect((await get(`${server.url}/auth/me`, { authorization })).json.role).toBe('operator');
});

test('a port in use is one sentence', async () => {
  await using server = await createOwnServer();
  const other = createServer().listen(server.port, '127.0.0.1');
  await once(other, 'listening');
  const child = server.spawn();
  expect(await child.ended).toEqual(FAILED);
  other.close();
  expect(child.errorOutput().trim()).toBe(
    `Port ${server.port} is in use: stop what uses it, or set PORT to a free one.`,
  );
  expect(server.processes()).toEqual([]);
});

test('a data directory that cannot be written is one sentence', async () => {
  await using server = await createOwnServer();
  const file = join(server.dataDir, 'file');
  await writeFile(file, '');
  const child = server.spawn({ ARTDAG_DATA: join(file, 'below') });
  expect(await child.ended).toEqual(FAILED);
  expect(child.errorOutput().trim()).toMatch(
    /^The data directory \S+ cannot be written: set ARTDAG_DATA to a folder that can be$/,
  );
});

test('wrong settings are all named at once, and no value is shown', async () => {
  await using server = await createOwnServer();
  const child = server.spawn({
    PORT: 'hunter1',
    MONGODB_URL: 'http://user:hunter2@host/',
    REDIS_URL: 'hunter3',
    ARTDAG_DOMAIN: 'hunter4/',
    ARTDAG_REGISTRATION: 'hunter5',
    JWT_SECRET: 'hunter6',
  });
  expect(await child.ended).toEqual(FAILED);
  const lines = child.errorOutput().trim().split('\n');
  const wrong = ['PORT', 'MONGODB_URL', 'REDIS_URL', 'ARTDAG_DOMAIN', 'ARTDAG_REGISTRATION'];
  expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(wrong.sort());
  for (const line of lines) expect(line).toMatch(/^[A-Z_]+: expected \S/);
  expect(child.output()).not.toContain('hunter');
});

test('two different secrets stop the start before any server is started', async () => {
  await using server = await createOwnServer();
  const file = join(server.dataDir, 'jwt_secret');
  await writeFile(file, 'hunter1\n');
  const child = server.spawn({ JWT_SECRET: 'hunter2', ARTDAG_JWT_SECRET_FILE: file });
  expect(await child.ended).toEqual(FAILED);
  expect(child.errorOutput().trim()).toBe(
    `JWT_SECRET: expected the same secret as in ${file}, or to be unset`,
  );
  expect(child.output()).not.toContain('hunter');
  expect(child.output()).not.toContain('MongoDB');
});
