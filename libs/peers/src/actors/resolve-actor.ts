import { failDocument } from '../documents/document-result.ts';
import type { DocumentSource } from '../documents/fetch-document.ts';
import type { ActorCache } from './actor-cache.ts';
import type { ActorLoader } from './actor-loader.ts';
import { fetchActor } from './fetch-actor.ts';
import { needsFetch } from './needs-fetch.ts';
import type { ResolveActorResult } from './resolve-result.ts';

/** What finding actors and keys needs. */
export interface ResolveContext {
  readonly cache: ActorCache;
  readonly loader: ActorLoader;
  readonly now: () => Date;
}

/** Finds an actor in the cache, or fetches it from its own IRI. */
export async function findOrFetchActor(
  actorIri: string,
  wantsRefresh: boolean,
  source: DocumentSource,
  { cache, loader, now }: ResolveContext,
): Promise<ResolveActorResult> {
  const stored = await cache.find(actorIri);
  if (stored && !needsFetch(stored, { wantsRefresh, now: now() })) {
    return { ok: true, actor: stored };
  }
  const loaded = await loader.load({
    subject: actorIri,
    stored,
    isRefresh: stored !== undefined && wantsRefresh,
    ask: async () => {
      const fetched = await fetchActor(actorIri, source);
      if (!fetched.ok || fetched.actor.id === actorIri) return fetched;
      return failDocument('id-mismatch', `${actorIri} is called ${fetched.actor.id}`);
    },
  });
  return preferStored(loaded, stored);
}

/** An actor whose host cannot be asked now stays what it was; one that is gone does not. */
export function preferStored(
  loaded: ResolveActorResult,
  stored: (ResolveActorResult & { readonly ok: true })['actor'] | undefined,
): ResolveActorResult {
  const isUnchanged = !loaded.ok && loaded.canRetry && stored !== undefined;
  return isUnchanged ? { ok: true, actor: stored } : loaded;
}
