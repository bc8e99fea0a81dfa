/** How long and how much a {@link BriefCache} remembers. */
export interface BriefCacheOptions {
  readonly ttlMs: number;
  /** Beyond this many keys the one that was loaded first is forgotten. */
  readonly maxEntries: number;
  /** Milliseconds since any fixed point; a monotonic clock unless told. */
  readonly now?: () => number;
  /** Told of each `get`: whether the value was there. */
  readonly onGet?: (isHit: boolean) => void;
}

/** Values that may be a little old. */
export interface BriefCache<V> {
  /** The value of `key`, loaded at most once in the time to live, however many ask at once. */
  get(key: string): Promise<V>;
  /** Lets the next look load anew. */
  forget(key: string): void;
}

/** A {@link BriefCache} over `load`. A load that fails is not remembered. */
export function createBriefCache<V>(
  load: (key: string) => Promise<V>,
  { ttlMs, maxEntries, now = () => performance.now(), onGet }: BriefCacheOptions,
): BriefCache<V> {
  const entries = new Map<string, { readonly value: Promise<V>; readonly until: number }>();

  function remember(key: string): Promise<V> {
    const value = load(key);
    entries.delete(key);
    entries.set(key, { value, until: now() + ttlMs });
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    value.catch(() => entries.delete(key));
    return value;
  }

  return {
    get(key) {
      const entry = entries.get(key);
      const isHit = entry !== undefined && entry.until > now();
      onGet?.(isHit);
      return isHit ? entry.value : remember(key);
    },
    forget(key) {
      entries.delete(key);
    },
  };
}
