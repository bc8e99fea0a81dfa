import { randomUUID } from 'node:crypto';
import { notifyL1 } from '@artdag/queues';
import type { TokenRecord } from '@artdag/store';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'config' | 'store' | 'producer' | 'now'>;

/** A token to be revoked. */
export interface RevocationWish extends TokenRecord {
  /** The L1 that it is for, where it is for one only. */
  readonly l1Server: string | undefined;
}

/**
 * Revokes a token and all that were made from it, with the promise to tell the L1s: the one that it is
 * for, or each that has a token of the user.
 */
export async function revokeToken(wish: RevocationWish, context: Context): Promise<void> {
  const { l1Server, ...token } = wish;
  const told = l1Server === undefined ? undefined : [l1Server];
  const notices = await buildNotices(token.username, told, context);
  await context.store.tokens.revoke({ ...token, at: context.now(), notices });
  await context.producer.enqueueMany(notifyL1, [...notices.keys()]);
}

/** Revokes every token of a user, with the promise to tell each L1 that has one. */
export async function revokeAllTokens(username: string, context: Context): Promise<void> {
  const notices = await buildNotices(username, undefined, context);
  await context.store.tokens.revokeAll(username, { at: context.now(), notices });
  await context.producer.enqueueMany(notifyL1, [...notices.keys()]);
}

async function buildNotices(
  username: string,
  told: readonly string[] | undefined,
  { config, store, now }: Context,
): Promise<Map<string, string>> {
  const holders = told ?? (await store.tokens.holders(username, now()));
  const known = holders.filter((l1Server) => config.l1Servers.includes(l1Server));
  return new Map(known.map((l1Server) => [randomUUID(), l1Server]));
}
