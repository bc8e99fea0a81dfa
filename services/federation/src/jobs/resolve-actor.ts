import { type JobHandler, resolveActor } from '@artdag/queues';
import type { FederationContext } from '../context.ts';

type Context = Pick<FederationContext, 'store' | 'resolver' | 'now'>;

const FAILURE_KEPT_MS = 10 * 60_000;

/** Handles the queue `resolve-actor`. */
export function resolveActorHandler(context: Context): JobHandler<typeof resolveActor.schema> {
  const { store, now } = context;
  const remember = (resource: string, reason: string) =>
    store.remoteActors.rememberFailure(
      resource,
      reason,
      new Date(now().getTime() + FAILURE_KEPT_MS),
    );
  return {
    contract: resolveActor,
    async process({ resource }) {
      const reason = await resolve(resource, context);
      if (reason !== undefined) await remember(resource, reason);
    },
    setAside: ({ resource }, reason) => remember(resource, reason),
  };
}

/** Finds an actor by his handle or his IRI. Gives why there is none, where there is none. */
async function resolve(
  resource: string,
  { store, resolver }: Context,
): Promise<string | undefined> {
  if (/^https?:/i.test(resource)) {
    const result = await resolver.resolveActor(resource);
    return result.ok ? undefined : `${result.reason}: ${result.detail}`;
  }
  const result = await resolver.resolveHandle(resource);
  if (!result.ok) return `${result.reason}: ${result.detail}`;
  await store.remoteActors.rememberHandle(result.actor.id, resource);
  return undefined;
}
