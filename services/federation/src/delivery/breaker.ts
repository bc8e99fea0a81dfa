import type { Host } from '@artdag/store';

/** What a breaker remembers of a host. */
export type BreakerState = Pick<Host, 'failures' | 'firstFailureAt' | 'openUntil'>;

/** Whether a host may be tried. `half-open`: by whoever takes the one probe. */
export type BreakerGate =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly until: Date }
  | { readonly kind: 'half-open'; readonly openUntil: Date };

const MAX_FAILURES = 5;
const WINDOW_MS = 10 * 60_000;
const OPEN_MS = 30 * 60_000;
/** A probe that says nothing for this long has died with its process. */
const PROBE_LEASE_MS = 60_000;

/** Reads the gate of a host. */
export function gateOf({ openUntil }: BreakerState, now: Date): BreakerGate {
  if (openUntil === undefined) return { kind: 'closed' };
  return openUntil > now ? { kind: 'open', until: openUntil } : { kind: 'half-open', openUntil };
}

/** Until when a probe holds the gate shut for others. */
export function probeLease(now: Date): Date {
  return new Date(now.getTime() + PROBE_LEASE_MS);
}

/** After a try that did not reach the host, or that its server failed at. */
export function afterFailure(state: BreakerState, now: Date): BreakerState {
  const { failures = 0, firstFailureAt, openUntil } = state;
  const isInWindow =
    firstFailureAt !== undefined && now.getTime() - firstFailureAt.getTime() < WINDOW_MS;
  const counted = {
    failures: isInWindow ? failures + 1 : 1,
    firstFailureAt: isInWindow ? firstFailureAt : now,
  };
  const isOpen = openUntil !== undefined || counted.failures >= MAX_FAILURES;
  return isOpen ? { ...counted, openUntil: new Date(now.getTime() + OPEN_MS) } : counted;
}

/** After an answer, also one that refuses: only what we send closes a breaker, never what comes in. */
export function afterAnswer(state: BreakerState): BreakerState | 'unchanged' {
  const isClean = state.failures === undefined && state.openUntil === undefined;
  return isClean
    ? 'unchanged'
    : { failures: undefined, firstFailureAt: undefined, openUntil: undefined };
}
