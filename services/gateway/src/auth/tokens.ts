import { createHash } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { TokenKeys } from './token-keys.ts';

/** A token that is good, apart from whether it was revoked. */
export interface TokenClaims {
  readonly username: string;
  /** Names the token for revocation: its `jti`, or a hash where other software has made it. */
  readonly tokenId: string;
  /** Nothing where the token does not say it. */
  readonly issuedAt: Date | undefined;
  readonly expiresAt: Date;
  /** The L1 that the token is for, where it is for one only. */
  readonly l1Server: string | undefined;
  /** Every claim, in its wire spelling. */
  readonly payload: Readonly<JWTPayload>;
}

/** What a new token is to say. Times are whole seconds. */
export interface TokenWish {
  readonly username: string;
  readonly tokenId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly l1Server?: string;
}

/** Issues and reads the JWTs of this server. */
export interface Tokens {
  issue(wish: TokenWish, now: Date): Promise<string>;
  /** @throws AppError `unauthenticated` with the reason in words. */
  verify(token: string, now: Date): Promise<TokenClaims>;
}

/** How {@link Tokens} are made. */
export interface TokenOptions {
  readonly keys: TokenKeys;
  /** Base URL of this server: the claim `l2_server`. */
  readonly publicUrl: string;
}

/** The last day that every store can hold; other software may write a later end into its tokens. */
const LAST_TIME_MS = Date.UTC(9999, 11, 31);
/** Ids that this server gives: a UUID, or the id of the token that it was made from and a UUID. */
const OWN_TOKEN_ID = /^[0-9a-f-]{36,64}(\.[0-9a-f-]{36})?$/;

/**
 * Tokens with `sub`, `username` and `l2_server`. The algorithm is that of the keys, which is configured,
 * and never taken from a token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export function createTokens({ keys, publicUrl }: TokenOptions): Tokens {
  return {
    async issue({ username, tokenId, issuedAt, expiresAt, l1Server }, now) {
      const { key, kid } = await keys.signingKey(now);
      const scope = l1Server === undefined ? {} : { l1_server: l1Server };
      return new SignJWT({ username, l2_server: publicUrl, ...scope })
        .setProtectedHeader({ alg: keys.algorithm, typ: 'JWT', ...(kid !== undefined && { kid }) })
        .setSubject(username)
        .setJti(tokenId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key);
    },
    async verify(token, now) {
      const payload = await verifyPayload(token, keys, now);
      if (payload['l2_server'] !== publicUrl) throw refused('The token is for another server.');
      const { sub: username, exp, iat } = payload;
      const l1Server = payload['l1_server'];
      if (typeof username !== 'string' || typeof exp !== 'number') {
        throw refused('The token names no user or no end.');
      }
      if (l1Server !== undefined && typeof l1Server !== 'string') {
        throw refused('The token does not say which L1 it is for.');
      }
      return {
        username,
        tokenId: tokenIdOf(token, payload),
        issuedAt: typeof iat === 'number' ? toDate(iat) : undefined,
        expiresAt: toDate(exp),
        l1Server,
        payload,
      };
    },
  };
}

/**
 * The `jti` where it is one of ours. Else a hash of what is signed: the signature itself can be written
 * in several ways, each of which would be another token.
 */
function tokenIdOf(token: string, { jti }: JWTPayload): string {
  if (typeof jti === 'string' && OWN_TOKEN_ID.test(jti)) return jti;
  return createHash('sha256')
    .update(token.slice(0, token.lastIndexOf('.')))
    .digest('hex');
}

function toDate(seconds: number): Date {
  return new Date(Math.min(seconds * 1000, LAST_TIME_MS));
}

async function verifyPayload(token: string, keys: TokenKeys, now: Date): Promise<JWTPayload> {
  const options = {
    algorithms: [keys.algorithm],
    currentDate: now,
    requiredClaims: ['sub', 'exp', 'l2_server'],
  };
  try {
    const verified = await jwtVerify(
      token,
      async ({ kid }: { kid?: unknown }) => {
        const key = await keys.verifyingKey(kid, now);
        if (key) return key;
        throw refused(
          'The token is signed by a key that is not one of this server, or not any more.',
        );
      },
      options,
    );
    return verified.payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw refused('The token has expired.', cause);
    if (cause instanceof errors.JOSEError) throw refused('The token is not valid.', cause);
    throw cause;
  }
}

function refused(detail: string, cause?: unknown): AppError {
  return new AppError('unauthenticated', detail, { cause });
}
