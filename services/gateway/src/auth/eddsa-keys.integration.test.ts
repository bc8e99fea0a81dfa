import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isAppError } from '@artdag/errors';
import type { Store } from '@artdag/store';
import { createTestStore } from '@artdag/testing';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { createEddsaKeys, type EddsaKeys } from './eddsa-keys.ts';
import { createKeySeal } from './seal-key.ts';
import { createSecretKeys } from './token-keys.ts';
import { createTokens } from './tokens.ts';

const publicUrl = 'https://art.example';
const DAY = 86_400;
// So far ahead that the store removes nothing by its own clock.
const start = new Date('2096-01-06T23:01:27Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

let store: Store;
let warnings: string[];
beforeEach(async () => {
  warnings = [];
  store = await createTestStore(inject('mongodbUrl'));
  return () => store[Symbol.asyncDispose]();
});

/** The keys as one gateway sees them. */
function open(secret = 'correct horse', now = start, lifeSeconds = DAY): Promise<EddsaKeys> {
  const onWarning = (message: string) => void warnings.push(message);
  const seal = createKeySeal(secret);
  return createEddsaKeys({ repository: store.jwtKeys, seal, lifeSeconds, onWarning }, now);
}

async function issue(keys: EddsaKeys, at: Date): Promise<string> {
  const expiresAt = new Date(at.getTime() + DAY * 1000);
  const wish = { username: 'giles', tokenId: 'x', issuedAt: at, expiresAt };
  return createTokens({ keys, publicUrl }).issue(wish, at);
}

async function verdict(keys: EddsaKeys, token: string, at: Date): Promise<string> {
  try {
    return (await createTokens({ keys, publicUrl }).verify(token, at)).username;
  } catch (error) {
    if (isAppError(error, 'unauthenticated')) return error.message;
    throw error;
  }
}

const kids = async (keys: EddsaKeys, at: Date) => (await keys.published(at)).map(({ kid }) => kid);

describe('keys that gateways share', () => {
  test('are one key, also where several start at once, and each takes the others’ tokens', async () => {
    const gateways = await Promise.all([open(), open(), open()]);
    expect(
      new Set((await Promise.all(gateways.map((each) => kids(each, start)))).flat()).size,
    ).toBe(1);
    const [one, other] = gateways;
    expect(await verdict(other, await issue(one, start), start)).toBe('giles');
  });

  test('show nothing private, to the world or to who reads the database', async () => {
    const keys = await open();
    expect(await keys.published(start)).toEqual([
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.any(String),
        kid: expect.any(String),
        alg: 'EdDSA',
        use: 'sig',
      },
    ]);
    const { key } = await keys.signingKey(start);
    const { d } = (key as KeyObject).export({ format: 'jwk' });
    expect(JSON.stringify(await store.jwtKeys.list())).not.toContain(d);
  });

  test('make room for a new one where the secret has changed, and old tokens stay good', async () => {
    const old = await open();
    const token = await issue(old, start);
    const fresh = await open('another secret', after(60));
    expect(warnings).toEqual([expect.stringContaining('JWT_SECRET')]);
    expect(await verdict(fresh, token, after(61))).toBe('giles');
    expect(await verdict(old, await issue(fresh, after(61)), after(61))).toBe('giles');
  });
});

describe('rotation', () => {
  test('publishes first and signs later; tokens of the old key stay good until they end', async () => {
    const [one, other] = [await open(), await open()];
    const token = await issue(one, after(599));
    await one.rotate(start, false);
    const [old, next] = await kids(other, after(6));
    expect((await other.signingKey(after(599))).kid).toBe(old);
    expect((await other.signingKey(after(600))).kid).toBe(next);
    expect(await verdict(other, await issue(one, after(600)), after(600))).toBe('giles');
    expect(await verdict(other, token, after(599 + DAY - 1))).toBe('giles');
    expect(await kids(other, after(600 + DAY + 900))).toEqual([next]);
  });

  test('keeps an old key for the longest tokens that it signed', async () => {
    await open('correct horse', start, 30 * DAY);
    const short = await open('correct horse', start, DAY);
    await short.rotate(start, false);
    expect(await kids(short, after(29 * DAY))).toHaveLength(2);
    expect(await kids(short, after(31 * DAY))).toHaveLength(1);
  });

  test('at once ends every older token on every gateway', async () => {
    const [one, other] = [await open(), await open()];
    const token = await issue(one, start);
    expect(await verdict(other, token, after(1))).toBe('giles');
    await one.rotate(after(2), true);
    expect(await verdict(one, token, after(3))).toMatch(/not any more/);
    expect(await verdict(other, token, after(8))).toMatch(/not any more/);
    expect(await verdict(other, await issue(one, after(3)), after(8))).toBe('giles');
  });

  test('by several at once makes no gap and no double', async () => {
    const gateways = await Promise.all([open(), open(), open()]);
    const outcomes = await Promise.allSettled(gateways.map((each) => each.rotate(start, false)));
    const made = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const keys = await store.jwtKeys.list();
    expect(keys.map(({ sequence }) => sequence)).toEqual(keys.map((_, index) => index + 1));
    expect(keys).toHaveLength(1 + made);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(isAppError(outcome.reason, 'conflict')).toBe(true);
  });
});

describe('a token is refused', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const payload = encode({
    sub: 'giles',
    username: 'giles',
    l2_server: publicUrl,
    exp: after(DAY).getTime() / 1000,
  });
  const ours = async () => {
    const keys = await open();
    const [jwk] = await keys.published(start);
    return { keys, kid: jwk?.kid ?? '', x: jwk?.x ?? '' };
  };
  const byHmac = (header: object, secret: string | Buffer) => {
    const input = `${encode(header)}.${payload}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const byKey = (header: object, key: KeyObject) => {
    const input = `${encode(header)}.${payload}`;
    return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
  };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKey.export({ format: 'jwk' });

  test('that the shared secret signed', async () => {
    const { keys, kid } = await ours();
    const token = byHmac({ alg: 'HS256', kid }, 'correct horse');
    expect(await verdict(keys, token, start)).toMatch(/not valid/);
  });

  test('that our public key signed as if it were a secret', async () => {
    const { keys, kid, x } = await ours();
    for (const secret of [
      x,
      Buffer.from(x, 'base64url'),
      JSON.stringify((await keys.published(start))[0]),
    ])
      expect(await verdict(keys, byHmac({ alg: 'HS256', kid }, secret), start)).toMatch(
        /not valid/,
      );
  });

  test('that has no signature', async () => {
    const { keys, kid } = await ours();
    for (const alg of ['none', 'None', 'EdDSA'])
      expect(await verdict(keys, `${encode({ alg, kid })}.${payload}.`, start)).toMatch(
        /not valid/,
      );
  });

  test('that another key signed, whatever its header says', async () => {
    const { keys, kid } = await ours();
    const headers = [
      { alg: 'EdDSA', kid },
      { alg: 'EdDSA', kid, jwk },
      { alg: 'EdDSA', jwk },
      { alg: 'EdDSA', kid: 'k', jku: 'https://evil.example/jwks.json' },
      { alg: 'EdDSA', kid: '../../dev/null' },
      { alg: 'EdDSA', kid: { $ne: '' } },
      { alg: 'EdDSA', kid: ['k'] },
      { alg: 'EdDSA' },
    ];
    for (const header of headers)
      expect(await verdict(keys, byKey(header, privateKey), start)).toMatch(/not valid|not one of/);
  });

  test('that is by our key, where a shared secret is configured', async () => {
    const { keys } = await ours();
    const token = await issue(keys, start);
    const tokens = createTokens({ keys: createSecretKeys('correct horse'), publicUrl });
    await expect(tokens.verify(token, start)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
