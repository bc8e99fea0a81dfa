import type { Iris } from '@artdag/activitypub';
import type { Keyring } from '@artdag/keyring';
import type { Producer } from '@artdag/queues';
import type { Store } from '@artdag/store';

/** What the signer's jobs work with. */
export interface SignerContext {
  readonly store: Pick<Store, 'assets' | 'activities' | 'users'>;
  readonly producer: Pick<Producer, 'enqueue'>;
  readonly keyring: Keyring;
  readonly iris: Iris;
  readonly now: () => Date;
}
