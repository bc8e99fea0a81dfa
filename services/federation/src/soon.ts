import type { FederationContext } from './context.ts';

/** A moment from 200 to 1,000 ms from now: for what waits on something that takes about that long. */
export function soon({ now, random }: Pick<FederationContext, 'now' | 'random'>): Date {
  return new Date(now().getTime() + 200 + 800 * random());
}
