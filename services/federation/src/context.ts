import type { Iris } from '@artdag/activitypub';
import type { RemoteKeyring } from '@artdag/keyring/remote';
import type { ActorResolver, GuardedFetch, SignHop } from '@artdag/peers';
import type { Producer } from '@artdag/queues';
import type { Runtime } from '@artdag/runtime';
import type { Store } from '@artdag/store';

/** What the jobs of federation work with. */
export interface FederationContext extends Runtime {
  readonly store: Store;
  readonly producer: Producer;
  /** Signs with keys that this process does not hold. */
  readonly keyring: Pick<RemoteKeyring, 'sign'>;
  readonly peers: Pick<GuardedFetch, 'fetch' | 'post'>;
  /** Signs GETs, for peers that answer to signed ones only. */
  readonly signHop: SignHop;
  /** Finds actors and keys of peers, and keeps them in the store. */
  readonly resolver: ActorResolver;
  /** Fetches a peer's actor into `store.remoteActors`. */
  readonly resolveActor: (actorIri: string) => Promise<'resolved' | 'gone' | 'unavailable'>;
  readonly iris: Iris;
  readonly now: () => Date;
  /** From 0 up to 1; spreads what would happen at one moment. */
  readonly random: () => number;
}
