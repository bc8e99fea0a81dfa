/** Counts what each sender may do in a minute. */
export interface RateLimit {
  /** Counts one. Gives the seconds after which to try again where it was one too many, else 0. */
  take(sender: string): number;
}

const WINDOW_MS = 60_000;
const MAX_SENDERS = 10_000;
/** Whoever comes when the list is full shares one count, so that many senders cannot grow it. */
const REST = '';

/** A {@link RateLimit} of `max` in each window of a minute, in this process; 0 sets no limit. */
export function createRateLimit(
  max: number,
  now: () => number = () => performance.now(),
): RateLimit {
  const counts = new Map<string, number>();
  let endsAt = 0;
  return {
    take(sender) {
      if (max === 0) return 0;
      const time = now();
      if (time >= endsAt) {
        counts.clear();
        endsAt = time + WINDOW_MS;
      }
      const key = counts.has(sender) || counts.size < MAX_SENDERS ? sender : REST;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count > max ? Math.ceil((endsAt - time) / 1000) : 0;
    },
  };
}
