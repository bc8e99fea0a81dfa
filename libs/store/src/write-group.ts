/** What became of one item: its result, or the error that it alone met. */
export type GroupOutcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: unknown };

interface Waiting<T, R> {
  readonly item: T;
  resolve(value: R): void;
  reject(error: unknown): void;
}

/**
 * Groups the writes of concurrent requests: while one write is under way the next ones gather, and
 * go together when it ends. One sync of the journal then serves many, and a lone write never waits.
 *
 * `flush` gets the items in order of arrival and returns one outcome for each, in that order.
 */
export function createWriteGroup<T, R>(
  flush: (items: readonly T[]) => Promise<ReadonlyArray<GroupOutcome<R>>>,
  maxSize = 500,
): (item: T) => Promise<R> {
  const waiting: Waiting<T, R>[] = [];
  let isFlushing = false;

  async function drain() {
    isFlushing = true;
    while (waiting.length > 0) await flushOne(waiting.splice(0, maxSize));
    isFlushing = false;
  }

  async function flushOne(group: ReadonlyArray<Waiting<T, R>>) {
    try {
      const outcomes = await flush(group.map((entry) => entry.item));
      for (const [index, entry] of group.entries()) settle(entry, outcomes[index]);
    } catch (error) {
      for (const entry of group) entry.reject(error);
    }
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isFlushing) void drain();
    });
}

function settle<T, R>(entry: Waiting<T, R>, outcome: GroupOutcome<R> | undefined) {
  if (outcome?.ok) entry.resolve(outcome.value);
  else entry.reject(outcome ? outcome.error : new Error('a grouped write gave no outcome'));
}
