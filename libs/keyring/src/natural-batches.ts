interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** How {@link createNaturalBatches} groups calls. */
export interface BatchOptions {
  readonly maxItems: number;
  /** Batches under way at once. */
  readonly maxInFlight: number;
}

/**
 * Sends single items in batches: what gathers while batches are under way goes together when one of
 * them ends, and a lone item never waits. `send` gives one result for each item, in their order.
 */
export function createNaturalBatches<Item, Result>(
  send: (items: readonly Item[]) => Promise<readonly Result[]>,
  { maxItems, maxInFlight }: BatchOptions,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let inFlight = 0;

  async function sendNext() {
    inFlight += 1;
    // Whoever asks in the same turn of the event loop still gets in.
    await Promise.resolve();
    while (waiting.length > 0) await sendBatch(waiting.splice(0, maxItems));
    inFlight -= 1;
  }

  async function sendBatch(batch: readonly Waiting<Item, Result>[]) {
    try {
      const results = await send(batch.map((entry) => entry.item));
      for (const [index, entry] of batch.entries()) {
        const result = results[index];
        if (result === undefined) entry.reject(new Error('a batch gave too few results'));
        else entry.resolve(result);
      }
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    }
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (inFlight < maxInFlight) void sendNext();
    });
}
