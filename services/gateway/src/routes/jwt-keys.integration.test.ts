import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
let app: TestGateway;
beforeAll(async () => {
  app = await startTestGateway({ ...servers, env: { ARTDAG_JWT_KEY: 'eddsa' } });
});
afterAll(() => app[Symbol.asyncDispose]());

const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString());

async function published(gateway = app): Promise<Record<string, string>[]> {
  const answer = await gateway.call('GET', '/.well-known/jwks.json');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^application\/jwk-set\+json/);
  return (answer.json() as { keys: Record<string, string>[] }).keys;
}

const me = async (token: string, gateway = app) =>
  (await gateway.call('GET', '/auth/me', { token })).status;

test('tokens name a published key, and a secret’s tokens are not taken', async () => {
  const { username, token } = await app.addUser();
  const [key] = await published();
  expect(partOf(token, 0)).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: key?.['kid'] });
  expect(partOf(token, 1)).toMatchObject({ sub: username, jti: expect.any(String) });
  expect(await me(token)).toBe(200);
  await using other = await startTestGateway({ ...servers, beside: app });
  const bySecret = (await other.addUser()).token;
  expect(partOf(bySecret, 0).alg).toBe('HS256');
  expect([await me(bySecret, other), await me(bySecret)]).toEqual([200, 401]);
  expect(await me(token, other)).toBe(401);
});

test('operators make the next key, and end the older ones; nobody else does', async () => {
  const operator = await app.addUser('olga', 'operator');
  const user = await app.addUser();
  const rotate = (token: string, json?: object) =>
    app.call('POST', '/admin/jwt-keys/rotate', { token, ...(json && { json }) });
  expect((await rotate(user.token)).status).toBe(403);
  expect((await app.call('GET', '/admin/jwt-keys', { token: user.token })).status).toBe(403);
  expect((await rotate(operator.token)).status).toBe(200);
  const list = await app.call('GET', '/admin/jwt-keys', { token: operator.token });
  const [old, next] = await published();
  expect(list.json()).toEqual({
    keys: [
      { kid: old?.['kid'], signs_from: expect.any(String), believed_until: expect.any(String) },
      { kid: next?.['kid'], signs_from: expect.any(String), believed_until: null },
    ],
  });
  expect(await me(user.token)).toBe(200);
  expect((await rotate(operator.token, { at_once: 'yes' })).status).toBe(422);
  expect((await rotate(operator.token, { at_once: true })).status).toBe(200);
  expect(await published()).toHaveLength(1);
  expect([await me(user.token), await me(operator.token)]).toEqual([401, 401]);
  const audit = await app.store.audit.page(undefined, 2);
  expect(audit.map(({ action }) => action)).toEqual(['replace-jwt-keys', 'rotate-jwt-keys']);
});

test('a shared secret publishes nothing and cannot be rotated here', async () => {
  await using plain = await startTestGateway(servers);
  expect(await published(plain)).toEqual([]);
  const { token } = await plain.addUser('olga', 'operator');
  expect((await plain.call('GET', '/admin/jwt-keys', { token })).status).toBe(409);
  expect((await plain.call('POST', '/admin/jwt-keys/rotate', { token })).status).toBe(409);
});
