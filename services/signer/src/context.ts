import type { Iris } from '@artdag/activitypub';
import type { Keyring } from '@artdag/keyring';
import type { Store } from '@artdag/store';

/** What the signer's jobs work with. */
export interface SignerContext {
  readonly store: Pick<Store, 'assets' | 'activities' | 'users'>;
  readonly keyring: Keyring;
  readonly iris: Iris;
  readonly now: () => Date;
}
