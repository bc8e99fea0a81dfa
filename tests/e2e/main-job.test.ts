import { createPublicKey } from 'node:crypto';
import { parseLosslessJson, verifyRsaSignature2017 } from '@artdag/signatures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, password, post, postForm, signUp } from './client.ts';
import { createOwnServer, type OwnServer } from './own-server.ts';

const PUBLIC = 'https://artdag.rose-ash.com';
const cat = {
  name: 'cat',
  content_hash: '33268b6e167deaf018cc538de12dbe562612b33e89a749391cef855b320a269b',
  asset_type: 'image',
  tags: ['source'],
  url: 'https://rose-ash.com/content/images/2026/01/cat.jpg',
};
const identity = {
  name: 'effect:identity',
  content_hash: '640ea11ee881ebf4101af0a955439105ab11e763682b209e88ea08fc66e1cc03',
  asset_type: 'effect',
  tags: ['effect'],
};

let server: OwnServer;
let token: string;
let restart: () => Promise<void>;
beforeAll(async () => {
  server = await createOwnServer();
  let child = await server.start({ JWT_SECRET: 'the same after a restart' });
  restart = async () => {
    await child.end('SIGINT');
    child = await server.start({ JWT_SECRET: 'the same after a restart' });
  };
  token = await signUp(server.url, 'alice');
});
afterAll(() => server?.[Symbol.asyncDispose]());

const register = (asset: unknown) => post(`${server.url}/registry`, asset, token);

/** Fetches what an identifier of this server names, from where it listens now. */
const follow = (iri: string) => get(iri.replace(PUBLIC, server.url));

async function verifies(activityText: string): Promise<boolean> {
  const { json: actor } = await get(`${server.url}/users/alice`);
  const key = createPublicKey(actor.publicKey.publicKeyPem);
  return verifyRsaSignature2017(parseLosslessJson(activityText), key).ok;
}

test('logs in with JSON and with a form', async () => {
  const credentials = { username: 'alice', password };
  for (const send of [post, postForm]) {
    const { status, json } = await send(`${server.url}/auth/login`, credentials);
    expect({ status, json }).toMatchObject({
      status: 200,
      json: { token_type: 'bearer', username: 'alice' },
    });
    const me = await get(`${server.url}/auth/me`, { authorization: `Bearer ${json.access_token}` });
    expect(me.json).toMatchObject({ username: 'alice', actor: `${PUBLIC}/users/alice` });
  }
});

test('registers what the README shows, and says who may not', async () => {
  const work = {
    name: 'my-video',
    content_hash: 'abc123...',
    asset_type: 'video',
    tags: ['demo'],
    metadata: { title: 'A video' },
  };
  expect((await post(`${server.url}/registry`, work)).status).toBe(401);
  const { status, json } = await register(work);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    asset: { ...work, owner: 'alice' },
    activity: { type: 'Create', actor: `${PUBLIC}/users/alice`, object: { type: 'Video' } },
  });
});

test.each([cat, identity])('registers $name and shows it everywhere', async (asset) => {
  const { status, json } = await register(asset);
  expect(status).toBe(200);
  const { activity } = json;

  expect((await get(`${server.url}/registry/${asset.name}`)).json).toMatchObject({
    ...asset,
    owner: 'alice',
  });
  const encoded = encodeURIComponent(asset.name);
  expect((await get(`${server.url}/registry/${encoded}`)).json).toMatchObject(asset);
  expect((await get(`${server.url}/registry`)).json.assets[asset.name]).toMatchObject(asset);

  const signed = await follow(activity.id);
  expect(signed.type).toContain('application/activity+json');
  expect(signed.json).toEqual(activity);
  expect(await verifies(signed.text)).toBe(true);

  const object = await follow(activity.object.id);
  expect(object.json).toMatchObject({
    name: asset.name,
    contentHash: { algorithm: 'sha3-256', value: asset.content_hash },
    attributedTo: `${PUBLIC}/users/alice`,
  });
});

test('the same again gives the first claim; another hash is a conflict', async () => {
  const first = await register(cat);
  const again = await register(cat);
  expect(again.json.activity).toEqual(first.json.activity);
  const other = await register({ ...cat, content_hash: 'f'.repeat(64) });
  expect(other).toMatchObject({ status: 409, json: { code: 'conflict' } });
});

test('keeps Unicode in names, and numbers and keys of metadata as they were sent', async () => {
  const name = 'réseau: 猫 → 🎨';
  const metadata = '{"fps":30.0,"big":12345678901234567890,"🎨":"→","small":1e-7}';
  const { status, text } = await register(
    `{"name":${JSON.stringify(name)},"content_hash":"abc:1","asset_type":"image","metadata":${metadata}}`,
  );
  expect(status).toBe(200);
  expect(text).toContain(metadata);
  const asset = await get(`${server.url}/registry/${encodeURIComponent(name)}`);
  expect(asset.json.name).toBe(name);
  expect(asset.text).toContain(metadata);
  const signed = await follow(JSON.parse(text).activity.id);
  expect(signed.text).toContain(metadata);
  expect(await verifies(signed.text)).toBe(true);
});

test('is found by WebFinger, and its actor leads to the outbox', async () => {
  const account = 'acct:alice@artdag.rose-ash.com';
  const found = await get(`${server.url}/.well-known/webfinger?resource=${account}`);
  expect(found.type).toContain('application/jrd+json');
  expect(found.json.subject).toBe(account);
  const self = found.json.links.find((link: { rel: string }) => link.rel === 'self');
  const actor = await follow(self.href);
  expect(actor.json).toMatchObject({ type: 'Person', preferredUsername: 'alice' });
  const outbox = await follow(actor.json.outbox);
  const page = await follow(outbox.json.first);
  expect(page.json.orderedItems).toHaveLength(outbox.json.totalItems);
});

test('a restart keeps users, tokens, assets and signed text', async () => {
  await register(cat);
  const paths = ['/registry', '/users/alice', '/users/alice/outbox?page=first', '/registry/cat'];
  const ask = () => Promise.all(paths.map(async (path) => (await get(server.url + path)).text));
  const before = await ask();
  await restart();
  expect(await ask()).toEqual(before);
  const again = await register(cat);
  expect(again.status).toBe(200);
  expect(before[2]).toContain(again.json.activity.id);
});
