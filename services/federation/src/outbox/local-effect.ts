import type { SignedActivity } from '@artdag/store';
import type { FederationContext } from '../context.ts';

/** What a signed activity of ours changes here. A second run changes nothing. */
export type LocalEffect = (
  activity: SignedActivity,
  context: Pick<FederationContext, 'store' | 'iris'>,
) => Promise<void>;
