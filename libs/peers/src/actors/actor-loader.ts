import type { CachedActor } from './actor.ts';
import type { ActorCache } from './actor-cache.ts';
import type { FetchActorResult } from './fetch-actor.ts';
import { failureMemoryMs } from './needs-fetch.ts';
import type { ResolveActorResult } from './resolve-result.ts';
import { SingleFlight } from './single-flight.ts';

/** One actor to be loaded. */
export interface LoadOrder {
  /** IRI under which concurrent loads are one and failures are remembered. */
  readonly subject: string;
  readonly stored: CachedActor | undefined;
  /** Whether the load counts as the refresh that a wrong or missing key may cause. */
  readonly isRefresh: boolean;
  readonly ask: () => Promise<FetchActorResult>;
}

/** Fetches actors into the cache, concurrent ones once and failed ones not again for a while. */
export function createActorLoader(cache: ActorCache, now: () => Date) {
  const flights = new SingleFlight<ResolveActorResult>();

  async function load(order: LoadOrder): Promise<ResolveActorResult> {
    const known = await cache.findFailure(order.subject);
    if (known !== undefined) return known;
    const fetched = await order.ask();
    if (fetched.ok) return keep(order, fetched.actor);
    // The limit is the asking job's own and says nothing of the peer.
    if (fetched.reason !== 'too-many-fetches') {
      const until = new Date(now().getTime() + failureMemoryMs);
      await cache.rememberFailure(order.subject, fetched, until);
    }
    return fetched;
  }

  async function keep(
    { stored, isRefresh }: LoadOrder,
    fetched: Omit<CachedActor, 'fetchedAt'>,
  ): Promise<ResolveActorResult> {
    const fetchedAt = now();
    const refreshedAt = isRefresh ? fetchedAt : stored?.refreshedAt;
    const actor = {
      ...fetched,
      fetchedAt,
      ...(refreshedAt === undefined ? {} : { refreshedAt }),
    };
    await cache.save(actor);
    return { ok: true, actor };
  }

  return { load: (order: LoadOrder) => flights.run(order.subject, () => load(order)) };
}

/** What {@link createActorLoader} makes. */
export type ActorLoader = ReturnType<typeof createActorLoader>;
