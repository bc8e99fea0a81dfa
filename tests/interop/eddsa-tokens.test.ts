import { buildGatewayConfig, createGateway, type Gateway, gatewaySettings } from '@artdag/gateway';
import { readSettings } from '@artdag/runtime';
import { createTestDatabaseUrl, createTestPrefix, createTestRuntime } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { password, post, postForm } from '../e2e/client.ts';
import { runPython } from './run-python.ts';

const reader = { script: 'read_eddsa_token.py', requirement: 'PyJWT[crypto]==2.10.1' };

let gateway: Gateway;
let token: string;
beforeAll(async () => {
  const settings = readSettings(gatewaySettings, {
    MONGODB_URL: createTestDatabaseUrl(inject('mongodbUrl')),
    REDIS_URL: inject('redisUrl'),
    ARTDAG_QUEUE_PREFIX: createTestPrefix(),
    ARTDAG_DOMAIN: 'art.test',
    HOST: '127.0.0.1',
    JWT_SECRET: 'what closes the keys',
    ARTDAG_JWT_SECRET_FILE: '/nowhere/jwt_secret',
    ARTDAG_JWT_KEY: 'eddsa',
    ARTDAG_L1: 'https://l1.test',
  });
  gateway = await createGateway({ ...buildGatewayConfig(settings), port: 0 }, createTestRuntime());
  await postForm(`${gateway.address}${gateway.setupPath}`, { password });
  token = await tokenOf('/auth/login', { username: 'giles', password });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function tokenOf(path: string, body: object, bearer?: string): Promise<string> {
  const answer = await post(`${gateway.address}${path}`, body, bearer);
  expect(answer.status).toBe(200);
  return answer.json.access_token;
}

const read = (text: string) =>
  runPython(reader, [`${gateway.address}/.well-known/jwks.json`, text]);

test('PyJWT checks our tokens by the published keys, and sees which L1 one is for', async () => {
  const times = { iat: expect.any(Number), exp: expect.any(Number), jti: expect.any(String) };
  const claims = { sub: 'giles', username: 'giles', l2_server: 'https://art.test', ...times };
  expect(JSON.parse(await read(token))).toEqual(claims);
  const scoped = await tokenOf('/auth/token', { l1_server: 'https://l1.test' }, token);
  expect(JSON.parse(await read(scoped))).toEqual({ ...claims, l1_server: 'https://l1.test' });
});

test('PyJWT minds a changed token', async () => {
  const [header, , signature] = token.split('.');
  const claims = Buffer.from(JSON.stringify({ sub: 'eve', exp: 9_999_999_999 }));
  const forged = [header, claims.toString('base64url'), signature].join('.');
  expect(await read(forged)).toBe('refused InvalidSignatureError');
});
