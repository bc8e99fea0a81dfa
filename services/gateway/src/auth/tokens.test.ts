import { createHmac } from 'node:crypto';
import { isAppError } from '@artdag/errors';
import { expect, test } from 'vitest';
import { createSecretKeys } from './token-keys.ts';
import { createTokens } from './tokens.ts';

const publicUrl = 'https://art.example';
const tokens = createTokens({ keys: createSecretKeys('correct horse'), publicUrl });
const now = new Date('2026-01-06T23:01:27Z');
const nowSeconds = now.getTime() / 1000;
const claims = {
  sub: 'giles',
  username: 'giles',
  l2_server: publicUrl,
  iat: nowSeconds,
  exp: nowSeconds + 60,
};

const wish = {
  username: 'giles',
  tokenId: '4a5ee1a4-5d2c-4f2f-9d1c-0b6d4d0f9d6e',
  issuedAt: now,
  expiresAt: new Date(now.getTime() + 3_600_000),
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as any software could make it. */
function tokenOf(payload: object, header: object = { alg: 'HS256' }, secret = 'correct horse') {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

async function refusalOf(token: string, at = now): Promise<string> {
  try {
    await tokens.verify(token, at);
  } catch (error) {
    if (isAppError(error, 'unauthenticated')) return error.message;
    throw error;
  }
  return 'taken';
}

test('a new token has the claims that other software reads', async () => {
  const token = await tokens.issue(wish, now);
  const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url'));
  expect(JSON.parse(String(header))).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(JSON.parse(String(payload))).toEqual({
    sub: 'giles',
    username: 'giles',
    l2_server: publicUrl,
    iat: nowSeconds,
    exp: nowSeconds + 3600,
    jti: wish.tokenId,
  });
  expect(await tokens.verify(token, now)).toMatchObject({ ...wish, l1Server: undefined });
});

test('a token for one L1 says so', async () => {
  const token = await tokens.issue({ ...wish, l1Server: 'https://l1.example' }, now);
  const claims = await tokens.verify(token, now);
  expect(claims).toMatchObject({ ...wish, l1Server: 'https://l1.example' });
  expect(claims.payload['l1_server']).toBe('https://l1.example');
});

test('a token of other software is taken, and can be revoked though it has no jti', async () => {
  const token = tokenOf(claims);
  const first = await tokens.verify(token, now);
  expect(first).toMatchObject({
    username: 'giles',
    tokenId: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect((await tokens.verify(token, now)).tokenId).toBe(first.tokenId);
  expect((await tokens.verify(tokenOf({ ...claims, a: 1 }), now)).tokenId).not.toBe(first.tokenId);
  const oddId = await tokens.verify(tokenOf({ ...claims, jti: 'user:giles' }), now);
  expect(oddId.tokenId).toMatch(/^[0-9a-f]{64}$/);
});

test('a token that is written in another way is the same token', async () => {
  const token = tokenOf(claims);
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = digits.indexOf(token.at(-1) ?? '');
  const twins = [1, 2, 3].map((bits) => token.slice(0, -1) + (digits[last + bits] ?? ''));
  const { tokenId } = await tokens.verify(token, now);
  for (const twin of [...twins, `${token}=`]) {
    const outcome = await tokens.verify(twin, now).catch(() => ({ tokenId }));
    expect(outcome.tokenId).toBe(tokenId);
  }
});

test('an end beyond all dates is still an end', async () => {
  const { expiresAt } = await tokens.verify(tokenOf({ ...claims, exp: 1e20 }), now);
  expect(expiresAt.getTime()).toBeGreaterThan(now.getTime());
});

test('a token ends', async () => {
  const token = await tokens.issue(wish, now);
  expect(await refusalOf(token, new Date(now.getTime() + 3_600_000))).toBe(
    'The token has expired.',
  );
});

const hs512 = `${encode({ alg: 'HS512' })}.${encode(claims)}`;

test.each([
  ['another server’s', tokenOf({ ...claims, l2_server: 'https://evil.example' }), /another server/],
  ['one with a slash more', tokenOf({ ...claims, l2_server: `${publicUrl}/` }), /another server/],
  ['one for no server', tokenOf({ ...claims, l2_server: undefined }), /not valid/],
  ['one without an end', tokenOf({ ...claims, exp: undefined }), /not valid/],
  ['one without a user', tokenOf({ ...claims, sub: undefined }), /not valid/],
  ['one for an operator', tokenOf({ ...claims, sub: { $gt: '' } }), /not valid|no user/],
  ['one with a text as end', tokenOf({ ...claims, exp: '9999999999' }), /not valid/],
  ['one that is not good yet', tokenOf({ ...claims, nbf: nowSeconds + 3600 }), /not valid/],
  ['alg none', `${encode({ alg: 'none' })}.${encode(claims)}.`, /not valid/],
  ['alg none with our MAC', tokenOf(claims, { alg: 'none' }), /not valid/],
  [
    'HS512',
    `${hs512}.${createHmac('sha512', 'correct horse').update(hs512).digest('base64url')}`,
    /not valid/,
  ],
  ['another secret’s', tokenOf(claims, { alg: 'HS256' }, 'wrong horse'), /not valid/],
  ['an unknown critical header', tokenOf(claims, { alg: 'HS256', crit: ['x'], x: 1 }), /not valid/],
  ['no JWT', 'abc', /not valid/],
  ['an empty text', '', /not valid/],
  ['an array', tokenOf([]), /not valid/],
  ['an L1 that is no text', tokenOf({ ...claims, l1_server: { $ne: 1 } }), /which L1/],
])('refuses %s', async (_, token, reason) => {
  expect(await refusalOf(token)).toMatch(reason);
});

test('refuses a token in which anything was changed', async () => {
  const token = await tokens.issue(wish, now);
  const [header = '', payload = '', mac = ''] = token.split('.');
  const eve = encode({ ...JSON.parse(String(Buffer.from(payload, 'base64url'))), sub: 'eve' });
  expect(await refusalOf([header, eve, mac].join('.'))).toMatch(/not valid/);
  const otherMac = `${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`;
  expect(await refusalOf([header, payload, otherMac].join('.'))).toMatch(/not valid/);
  expect(await refusalOf([header, payload, ''].join('.'))).toMatch(/not valid/);
});
