import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** A token that is good, apart from whether it was revoked. */
export interface TokenClaims {
  readonly username: string;
  /** Names the token for revocation: its `jti`, or a hash of the token where it has none. */
  readonly tokenId: string;
  readonly expiresAt: Date;
}

/** A new token and when it ends. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Issues and reads the JWTs of this server. */
export interface Tokens {
  issue(username: string, now: Date): Promise<IssuedToken>;
  /** @throws AppError `unauthenticated` with the reason in words. */
  verify(token: string, now: Date): Promise<TokenClaims>;
}

/** How {@link Tokens} are made. */
export interface TokenOptions {
  readonly secret: string;
  /** Base URL of this server: the claim `l2_server`. */
  readonly publicUrl: string;
  readonly lifeSeconds: number;
}

const ALGORITHM = 'HS256';
/** The last day that every store can hold; other software may write a later end into its tokens. */
const LAST_TIME_MS = Date.UTC(9999, 11, 31);

/**
 * HS256 tokens with `sub`, `username` and `l2_server`. Any software that has the secret can make and
 * read them. The algorithm is fixed here and never taken from a token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export function createTokens({ secret, publicUrl, lifeSeconds }: TokenOptions): Tokens {
  const key = new TextEncoder().encode(secret);
  return {
    async issue(username, now) {
      const issuedAt = Math.floor(now.getTime() / 1000);
      const token = await new SignJWT({ username, l2_server: publicUrl })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(username)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifeSeconds)
        .sign(key);
      return { token, expiresAt: new Date((issuedAt + lifeSeconds) * 1000) };
    },
    async verify(token, now) {
      const payload = await verifyPayload(token, key, now);
      if (payload['l2_server'] !== publicUrl) throw refused('The token is for another server.');
      if (typeof payload.sub !== 'string' || typeof payload.exp !== 'number') {
        throw refused('The token names no user or no end.');
      }
      return {
        username: payload.sub,
        tokenId: payload.jti ?? createHash('sha256').update(token).digest('hex'),
        expiresAt: new Date(Math.min(payload.exp * 1000, LAST_TIME_MS)),
      };
    },
  };
}

async function verifyPayload(token: string, key: Uint8Array, now: Date): Promise<JWTPayload> {
  try {
    const options = {
      algorithms: [ALGORITHM],
      currentDate: now,
      requiredClaims: ['sub', 'exp', 'l2_server'],
    };
    return (await jwtVerify(token, key, options)).payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw refused('The token has expired.', cause);
    if (cause instanceof errors.JOSEError) throw refused('The token is not valid.', cause);
    throw cause;
  }
}

function refused(detail: string, cause?: unknown): AppError {
  return new AppError('unauthenticated', detail, { cause });
}
