import type { CachedActor } from '../actors/actor.ts';
import type { ActorCache } from '../actors/actor-cache.ts';
import type { ResolveFailure } from '../actors/resolve-result.ts';

/** A cache in memory, as several processes would share one. */
export function createMemoryActorCache(now: () => Date) {
  const actors = new Map<string, CachedActor>();
  const failures = new Map<string, { failure: ResolveFailure; until: Date }>();
  const cache: ActorCache = {
    find: async (iri) => actors.get(iri),
    findByKeyId: async (keyId) =>
      [...actors.values()].find(({ keys }) => keys.some((key) => key.keyId === keyId)),
    save: async (actor) => {
      actors.set(actor.id, actor);
    },
    rememberFailure: async (iri, failure, until) => {
      failures.set(iri, { failure, until });
    },
    findFailure: async (iri) => {
      const found = failures.get(iri);
      return found && found.until > now() ? found.failure : undefined;
    },
  };
  return { cache, actors, failures };
}
