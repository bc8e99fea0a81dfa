/** Tries before a delivery has failed: about 2.6 days of them. */
export const MAX_TRIES = 16;

const MAX_RETRY_AFTER_S = 3600;

/** What a wait depends on. */
export interface FailedTry {
  /** Tries that were made, this one included. */
  readonly tries: number;
  /** Seconds that the host asks to wait. */
  readonly retryAfter?: number | undefined;
  /** From 0 up to 1. */
  readonly random: number;
}

/**
 * Milliseconds until the next try, or `never`: n⁴ + 15 s and up to half of n⁴ more, or what the host
 * asks for, up to an hour.
 */
export function nextTryMs({ tries, retryAfter = 0, random }: FailedTry): number | 'never' {
  if (tries >= MAX_TRIES) return 'never';
  if (retryAfter > 0) return Math.min(retryAfter, MAX_RETRY_AFTER_S) * 1000 + 5000 * random;
  return Math.round(1000 * (tries ** 4 * (1 + random / 2) + 15));
}
