import { AppError } from '@artdag/errors';
import type { GatewayContext } from '../context.ts';
import { findPrincipal, type Principal } from '../plugins/authentication.ts';

type Context = Pick<GatewayContext, 'store' | 'tokens' | 'now'>;

/**
 * Whether a token is good for an L1, and whose it is. That the L1 has it is noted, so that it hears of
 * the token's end.
 *
 * @throws AppError `unauthenticated`; `forbidden` where the token is for another L1.
 */
export async function verifyForL1(
  token: string,
  l1Server: string,
  context: Context,
): Promise<Principal> {
  const principal = await findPrincipal(token, context, { admits: 'scoped' });
  const { username, tokenId, expiresAt, l1Server: scope } = principal.token;
  if (scope !== undefined && scope !== l1Server)
    throw new AppError('forbidden', 'The token is for another L1.');
  if (!principal.l1Servers.includes(l1Server))
    await context.store.tokens.noteHolder({ tokenId, username, expiresAt }, l1Server);
  return principal;
}
