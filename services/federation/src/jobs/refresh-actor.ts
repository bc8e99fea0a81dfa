import { type JobHandler, refreshActor } from '@artdag/queues';
import type { FederationContext } from '../context.ts';

type Context = Pick<FederationContext, 'store' | 'resolver' | 'now'>;

const FAILURE_KEPT_MS = 10 * 60_000;

/** Handles the queue `refresh-actor`. */
export function refreshActorHandler(context: Context): JobHandler<typeof refreshActor.schema> {
  const { store, now } = context;
  const remember = (keyId: string, reason: string) =>
    store.remoteActors.rememberFailure(keyId, reason, new Date(now().getTime() + FAILURE_KEPT_MS));
  return {
    contract: refreshActor,
    async process({ keyId }) {
      const reason = await refresh(keyId, context);
      if (reason !== undefined) await remember(keyId, reason);
      await store.remoteActors.endForcedRefresh(keyId);
    },
    setAside: ({ keyId }, reason) => remember(keyId, reason),
  };
}

/**
 * Fetches the actor who signs with a key. Gives why the key cannot be had, where it cannot.
 *
 * Two gateways that do not know a key ask one after the other: the second is not to spend the look
 * that the actor gets when he has a new key.
 */
async function refresh(keyId: string, { store, resolver }: Context): Promise<string | undefined> {
  const known = await store.remoteActors.findByKey(keyId);
  const forceRefresh = await store.remoteActors.isForced(keyId);
  const result = await resolver.resolveKey(keyId, { forceRefresh });
  if (result.ok) return undefined;
  if (known && result.reason === 'gone') await store.remoteActors.markGone(known.actorIri);
  return `${result.reason}: ${result.detail}`;
}
