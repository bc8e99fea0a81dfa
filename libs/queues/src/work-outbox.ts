/**
 * Promised work in a collection of documents, as the relay and the consumers see it. `kind` is the
 * name of a contract.
 */
export interface WorkOutbox extends CrashCounter {
  /** Ids of promises of `kind` that became due until `before` and after `after`, at most `limit`. */
  due(kind: string, before: Date, limit: number, after?: Date): Promise<string[]>;
  /** All promises of `kind` that were due before `before`, `batchSize` at a time. */
  sweep(kind: string, before: Date, batchSize: number): WorkSweep;
  /** Those of these promises that still stand, each with its `traceparent` where it has one. */
  standing(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, string | undefined>>;
}

/** A walk along promises. What it shows may be kept already. */
export interface WorkSweep extends AsyncDisposable {
  /** Ids of the next ones; none where it has come to the end. */
  next(): Promise<string[]>;
}

/** Counts, in documents, how often a process has died in a work. */
export interface CrashCounter {
  /** Counts one death of a process in this work, and returns how many there have been. */
  countCrash(kind: string, id: string): Promise<number>;
}

/** Counts in whichever of several collections the work was promised. */
export function combineCrashCounters(counters: readonly CrashCounter[]): CrashCounter {
  return {
    async countCrash(kind, id) {
      const counts = await Promise.all(counters.map((counter) => counter.countCrash(kind, id)));
      return Math.max(...counts);
    },
  };
}
