import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { TokenClaims } from '../auth/tokens.ts';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'config' | 'store' | 'tokens' | 'now'>;

/** A new token and when it ends. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

const SECOND_MS = 1000;

/** Issues a token that is good for all that its user may do, and records that it was issued. */
export async function issueToken(username: string, context: Context): Promise<IssuedToken> {
  const { store, config } = context;
  const issuedAt = await firstGoodSecond(username, context);
  const expiresAt = new Date(issuedAt.getTime() + config.tokenSeconds * SECOND_MS);
  const record = { tokenId: randomUUID(), username, issuedAt, expiresAt };
  await store.tokens.insert({ ...record, lastUsedAt: issuedAt, l1Servers: [] });
  return { token: await context.tokens.issue(record, context.now()), expiresAt };
}

/**
 * Issues a token for one L1, made from another. It ends no later than that one, because its revocation
 * is known only for as long.
 */
export async function issueScopedToken(
  parent: TokenClaims,
  l1Server: string,
  context: Context,
): Promise<IssuedToken> {
  const { store, config } = context;
  const { username } = parent;
  const issuedAt = await firstGoodSecond(username, context);
  const end = issuedAt.getTime() + config.tokenSeconds * SECOND_MS;
  const expiresAt = new Date(Math.min(end, parent.expiresAt.getTime()));
  const tokenId = `${parent.tokenId}.${randomUUID()}`;
  const record = { tokenId, username, issuedAt, expiresAt };
  await store.tokens.insert({
    ...record,
    lastUsedAt: issuedAt,
    scope: l1Server,
    l1Servers: [l1Server],
  });
  return { token: await context.tokens.issue({ ...record, l1Server }, context.now()), expiresAt };
}

/** This second, or the first one whose tokens are not revoked: right after all were, that is the next. */
async function firstGoodSecond(username: string, { store, now }: Context): Promise<Date> {
  const revokedBefore = (await store.tokens.revokedBefore(username))?.getTime() ?? 0;
  const early = revokedBefore - now().getTime();
  if (early > 0) await delay(Math.min(early, SECOND_MS));
  const second = Math.floor(now().getTime() / SECOND_MS) * SECOND_MS;
  return new Date(Math.max(second, revokedBefore));
}
