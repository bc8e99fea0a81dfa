import type { Iris } from '@artdag/activitypub';
import type { RemoteKeyring } from '@artdag/keyring/remote';
import type { Producer } from '@artdag/queues';
import type { Logger, Registry } from '@artdag/runtime';
import type { Store } from '@artdag/store';
import type { L1Client } from './l1-client/l1-client.ts';
import type { L1Gate } from './l1-client/l1-gate.ts';

/** What the jobs of L1-sync work with. */
export interface L1SyncContext {
  readonly store: Pick<Store, 'runs' | 'assets' | 'activities' | 'l1Servers' | 'l1Notices'>;
  readonly producer: Pick<Producer, 'enqueue' | 'enqueueMany'>;
  readonly l1: L1Client;
  /** Decides when an L1 may be asked. */
  readonly gate: L1Gate;
  /** Signs what L1s are told. */
  readonly keyring: Pick<RemoteKeyring, 'sign'>;
  readonly iris: Iris;
  /** How long an L1 is asked for a run before that is given up, in milliseconds. */
  readonly patienceMs: number;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly now: () => Date;
  readonly random: () => number;
}
