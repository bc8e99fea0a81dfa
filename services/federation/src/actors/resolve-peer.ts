import type { FederationContext } from '../context.ts';

/** What looking for an actor came to. */
export type PeerState = 'resolved' | 'gone' | 'unavailable';

/** Has an actor of a peer in the store, if he can be had; `gone` also where he never will be. */
export async function resolvePeer(
  actorIri: string,
  { store, resolver }: Pick<FederationContext, 'store' | 'resolver'>,
): Promise<PeerState> {
  const result = await resolver.resolveActor(actorIri);
  if (result.ok) return 'resolved';
  if (result.reason === 'gone') await store.remoteActors.markGone(actorIri);
  return result.canRetry ? 'unavailable' : 'gone';
}
