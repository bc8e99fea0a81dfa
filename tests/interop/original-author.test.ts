import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Constellation, startConstellation } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';
import { runPython } from './run-python.ts';

const SECRET = 'a secret that L1 and L2 share';
const verifier = { script: 'verify_activity.py', requirement: 'cryptography==46.0.7' };
const reader = { script: 'read_token.py', requirement: 'PyJWT==2.10.1' };

let constellation: Constellation;
let folder: string;
let url: string;
let token: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'artdag-interop-'));
  constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: inject('redisUrl'),
    env: { JWT_SECRET: SECRET },
  });
  url = constellation.gateways[0].url;
  token = await signUp(url, 'ada');
});
afterAll(async () => {
  await constellation[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test.each([
  ['nothing odd', 'cat', '{}'],
  [
    'numbers in every form',
    'numbers',
    '{"fps":30.0,"a":1E5,"b":1e-7,"c":0.00001,"d":-0.0,"e":1e16}',
  ],
  ['a big integer', 'integer', '{"seed":123456789012345678901234567890}'],
  [
    'arrows, cats and keys beyond the basic plane',
    '→ \u{1f408}',
    '{"\u{1f600}":1,"\ue000":2,"→":"ä\\u007f\\n"}',
  ],
  ['keys like numbers', 'keys', '{"10":1,"9":2,"a":{"b":[true,null,"/"]}}'],
])('the original author verifies what we sign: %s', async (_, name, metadata) => {
  const body = `{"name":${JSON.stringify(name)},"content_hash":"abc123...","asset_type":"image","metadata":${metadata}}`;
  const answer = await post(`${url}/registry`, body, token);
  expect(answer.status).toBe(200);
  const id = String(answer.json.activity.id);
  const { text } = await get(`${url}/activities/${id.split('/').at(-1)}`);
  const actor = await get(`${url}/users/ada`);
  const key = write('ada.pub', actor.json.publicKey.publicKeyPem);
  expect(await runPython(verifier, [write('activity.json', text), key])).toBe('verified');
  const changed = text.replace('"type":"Image"', '"type":"Video"');
  expect(await runPython(verifier, [write('changed.json', changed), key])).toBe('not verified');
});

test('the verifier minds the form of a number', async () => {
  const body = '{"name":"form","content_hash":"abc","asset_type":"image","metadata":{"fps":30.0}}';
  const { text } = await post(`${url}/registry`, body, token);
  const activity = text.slice(text.indexOf('"activity":') + '"activity":'.length, -1);
  const key = write('ada.pub', (await get(`${url}/users/ada`)).json.publicKey.publicKeyPem);
  expect(await runPython(verifier, [write('kept.json', activity), key])).toBe('verified');
  const lost = write('lost.json', activity.replace('30.0', '30'));
  expect(await runPython(verifier, [lost, key])).toBe('not verified');
});

test('PyJWT reads our tokens, and we take those that it makes', async () => {
  const output = JSON.parse(await runPython(reader, [SECRET, token]));
  expect(output.claims).toEqual({
    sub: 'ada',
    username: 'ada',
    l2_server: 'https://art.test',
    iat: expect.any(Number),
    exp: expect.any(Number),
    jti: expect.any(String),
  });
  const me = await get(`${url}/auth/me`, { authorization: `Bearer ${output.token}` });
  expect(me.json).toMatchObject({ username: 'ada', actor: 'https://art.test/users/ada' });
});
