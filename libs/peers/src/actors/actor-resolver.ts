import { failDocument } from '../documents/document-result.ts';
import type { DocumentSource } from '../documents/fetch-document.ts';
import type { Fetch, SignHop } from '../guarded-fetch/fetch-request.ts';
import type { ActorCache } from './actor-cache.ts';
import { createActorLoader } from './actor-loader.ts';
import { BoundedCache } from './bounded-cache.ts';
import { fetchWebfinger } from './fetch-webfinger.ts';
import { parseHandle } from './parse-handle.ts';
import { findOrFetchActor } from './resolve-actor.ts';
import { findOrFetchKey } from './resolve-key.ts';
import type {
  ResolveActorResult,
  ResolveFailure,
  ResolveHandleResult,
  ResolveKeyResult,
} from './resolve-result.ts';
import { SingleFlight } from './single-flight.ts';

/** How one look-up is made. */
export interface ResolveOptions {
  /** Set when a cached key does not verify; granted at most every 5 minutes for one actor. */
  readonly forceRefresh?: boolean;
  /** In place of the resolver's own, as one with a limit for a job. */
  readonly fetch?: Fetch;
}

/** Finds actors of other servers and the keys they sign with. It does not throw, unless the cache does. */
export interface ActorResolver {
  readonly resolveKey: (keyId: string, options?: ResolveOptions) => Promise<ResolveKeyResult>;
  readonly resolveActor: (iri: string, options?: ResolveOptions) => Promise<ResolveActorResult>;
  /** Of `acct:user@host`, `@user@host` or `user@host`, by WebFinger. */
  readonly resolveHandle: (
    handle: string,
    options?: ResolveOptions,
  ) => Promise<ResolveHandleResult>;
}

/** Settings of {@link createActorResolver}. */
export interface ActorResolverOptions {
  readonly fetch: Fetch;
  /** Signs GETs, for servers that answer to signed ones only. */
  readonly signHop?: SignHop;
  readonly cache: ActorCache;
  readonly now: () => Date;
  /** `host:port` whose WebFinger is asked by http, in development. */
  readonly insecureHosts?: readonly string[];
  /** Keys kept ready in this process; 5,000 by default. */
  readonly maxKeysInMemory?: number;
}

/** How long a process trusts its memory before it looks into the shared cache. */
const memoryMs = 60_000;
const maxIriLength = 2048;

/**
 * Makes a resolver over a shared cache. Keys come from memory, else from the cache, else from the
 * actor's host, which is asked once for concurrent look-ups, not again within 10 minutes of a
 * failure, and at most every 5 minutes because of signatures that do not verify.
 *
 * @see https://swicg.github.io/activitypub-http-signature/#how-to-obtain-a-signature-s-public-key
 */
export function createActorResolver(options: ActorResolverOptions): ActorResolver {
  const { cache, now, insecureHosts = [], maxKeysInMemory = 5000 } = options;
  const context = { cache, now, loader: createActorLoader(cache, now) };
  const memory = new BoundedCache<ResolveKeyResult & { ok: true }>(maxKeysInMemory, memoryMs);
  const flights = new SingleFlight<ResolveKeyResult>();

  function sourceFor({ fetch = options.fetch }: ResolveOptions): DocumentSource {
    return options.signHop === undefined ? { fetch } : { fetch, signHop: options.signHop };
  }

  async function lookUpKey(keyId: string, choice: ResolveOptions): Promise<ResolveKeyResult> {
    const order = { keyId, wantsRefresh: choice.forceRefresh ?? false };
    const result = await findOrFetchKey(order, sourceFor(choice), context);
    if (result.ok) memory.set(keyId, result, now());
    else memory.delete(keyId);
    return result;
  }

  async function resolveKey(keyId: string, choice: ResolveOptions = {}) {
    const remembered = choice.forceRefresh ? undefined : memory.get(keyId, now());
    if (remembered !== undefined) return remembered;
    if (!isFetchable(keyId)) return malformedIri;
    return flights.run(`${choice.forceRefresh ? '!' : ''}${keyId}`, () => lookUpKey(keyId, choice));
  }

  async function resolveActor(iri: string, choice: ResolveOptions = {}) {
    if (!isFetchable(iri)) return malformedIri;
    return findOrFetchActor(iri, choice.forceRefresh ?? false, sourceFor(choice), context);
  }

  async function resolveHandle(text: string, choice: ResolveOptions = {}) {
    const handle = parseHandle(text);
    if (handle === undefined) return failDocument('malformed-handle', 'no user@host');
    const { fetch } = sourceFor(choice);
    const found = await fetchWebfinger(handle, { fetch, insecureHosts });
    if (!found.ok) return found;
    const resolved = await resolveActor(found.actorIri, choice);
    return resolved.ok ? { ...resolved, handle: found.handle.acct } : resolved;
  }

  return { resolveKey, resolveActor, resolveHandle };
}

const malformedIri: ResolveFailure = failDocument('malformed-iri', 'no IRI of http or https');

function isFetchable(iri: string): boolean {
  if (iri.length > maxIriLength) return false;
  return /^https?:$/.test(URL.parse(iri)?.protocol ?? '');
}
