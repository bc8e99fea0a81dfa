import type { CachedActor } from './actor.ts';
import type { ResolveFailure } from './resolve-result.ts';

/**
 * Where actors and failures are kept between processes. Strangers decide what comes in: an
 * implementation gives everything a time to live and a cap.
 */
export interface ActorCache {
  find(actorIri: string): Promise<CachedActor | undefined>;
  /** The actor that has the key among its `keys`. */
  findByKeyId(keyId: string): Promise<CachedActor | undefined>;
  /** Replaces what was kept of the actor. */
  save(actor: CachedActor): Promise<void>;
  /** Keeps a failure of an IRI until the given time. */
  rememberFailure(iri: string, failure: ResolveFailure, until: Date): Promise<void>;
  /** The failure, unless its time has passed; a TTL index alone is late by up to a minute. */
  findFailure(iri: string): Promise<ResolveFailure | undefined>;
}
