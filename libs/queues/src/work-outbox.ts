/**
 * Promised work in a collection of documents, as the relay and the consumers see it. `kind` is the
 * name of a contract.
 */
export interface WorkOutbox {
  /** Ids of promises of `kind` that were due before `before`, the oldest first, at most `limit`. */
  due(kind: string, before: Date, limit: number): Promise<string[]>;
  /** Makes these promises due again only at `until`. */
  postpone(kind: string, ids: readonly string[], until: Date): Promise<void>;
  /** The `traceparent` of those of these promises that were made in a trace, by id. */
  traces(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Counts one death of a process in this work, and returns how many there have been. */
  countCrash(kind: string, id: string): Promise<number>;
}

/** One view of the promises in several collections. */
export function combineOutboxes(outboxes: readonly WorkOutbox[]): WorkOutbox {
  return {
    async due(kind, before, limit) {
      const found = await Promise.all(outboxes.map((outbox) => outbox.due(kind, before, limit)));
      return found.flat().slice(0, limit);
    },
    async postpone(kind, ids, until) {
      await Promise.all(outboxes.map((outbox) => outbox.postpone(kind, ids, until)));
    },
    async traces(kind, ids) {
      const found = await Promise.all(outboxes.map((outbox) => outbox.traces(kind, ids)));
      return new Map(found.flatMap((traces) => [...traces]));
    },
    async countCrash(kind, id) {
      return Math.max(
        ...(await Promise.all(outboxes.map((outbox) => outbox.countCrash(kind, id)))),
      );
    },
  };
}
