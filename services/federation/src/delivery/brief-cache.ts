/** How long and how much a {@link createBriefCache} remembers. */
export interface BriefCacheOptions {
  readonly ttlMs: number;
  readonly capacity: number;
  readonly now: () => Date;
}

/** A cache in this process of what the store knows. */
export interface BriefCache<Value> {
  /** Concurrent questions for one key are one. */
  get(key: string): Promise<Value>;
  /**
   * Changes what is remembered by what this process has learnt, one change after the other. It is not
   * remembered for longer because of that.
   */
  update(key: string, change: (known: Value) => Value): Promise<Value>;
  delete(key: string): void;
}

/** Remembers what `load` gives for a short time; when it is full, what was asked for longest ago goes. */
export function createBriefCache<Value>(
  load: (key: string) => Promise<Value>,
  { ttlMs, capacity, now }: BriefCacheOptions,
): BriefCache<Value> {
  const entries = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();

  function put(key: string, value: Promise<Value>, until: number): Promise<Value> {
    entries.delete(key);
    entries.set(key, { value, until });
    const oldest = entries.keys().next();
    if (entries.size > capacity && !oldest.done) entries.delete(oldest.value);
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key);
    });
    return value;
  }

  function find(key: string): Promise<Value> {
    const known = entries.get(key);
    const time = now().getTime();
    return known && known.until > time ? known.value : put(key, load(key), time + ttlMs);
  }

  return {
    get: find,
    update(key, change) {
      const value = find(key);
      const until = entries.get(key)?.until ?? now().getTime();
      return put(key, value.then(change), until);
    },
    delete: (key) => void entries.delete(key),
  };
}
