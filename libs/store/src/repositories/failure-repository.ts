import type { FailureGroup, FailureKey, SetAside } from '../set-aside.ts';

/** Work that was given up, wherever it was promised. */
export interface FailureRepository {
  /** Contracts whose work can be set aside here. */
  readonly kinds: readonly string[];
  /** Every group, the largest first. */
  groups(): Promise<FailureGroup[]>;
  count(key: FailureKey): Promise<number>;
  /** Ids of works of a group, at most `limit`. */
  list(key: FailureKey, limit: number): Promise<string[]>;
  /**
   * Makes the promises of works of `kind` again, where they are still set aside; returns how many.
   * The relay finds them, or whoever restores them enqueues them at once.
   */
  restore(kind: string, workIds: readonly string[], now: Date): Promise<number>;
  /** Takes works off the list of failures for good; returns how many. */
  dismiss(kind: string, workIds: readonly string[]): Promise<number>;
  /** Gives a promise up that still stands, for the reason that is given; whether there was one. */
  drop(kind: string, workId: string, reason: string, at: Date): Promise<boolean>;
}

/** {@link FailureRepository} over the collections that promise work. */
export function createFailureRepository(collections: readonly SetAside[]): FailureRepository {
  const holding = (kind: string) =>
    collections.filter((collection) => collection.kinds.includes(kind));
  async function sumOver(
    kind: string,
    count: (collection: SetAside) => Promise<number>,
  ): Promise<number> {
    const counts = await Promise.all(holding(kind).map(count));
    return counts.reduce((sum, each) => sum + each, 0);
  }
  return {
    kinds: [...new Set(collections.flatMap((collection) => collection.kinds))],
    async groups() {
      const found = await Promise.all(collections.map((collection) => collection.groups()));
      return mergeGroups(found.flat()).toSorted((one, other) => other.count - one.count);
    },
    count: (key) => sumOver(key.kind, (collection) => collection.count(key)),
    async list(key, limit) {
      const found = await Promise.all(holding(key.kind).map((each) => each.list(key, limit)));
      return found.flat().slice(0, limit);
    },
    restore: (kind, workIds, now) => sumOver(kind, (each) => each.restore(workIds, kind, now)),
    dismiss: (kind, workIds) => sumOver(kind, (each) => each.dismiss(workIds, kind)),
    async drop(kind, workId, reason, at) {
      const failure = { kind, reason, at };
      return (await sumOver(kind, async (each) => Number(await each.drop(workId, failure)))) > 0;
    },
  };
}

/** Work of one kind may be promised in several collections. */
function mergeGroups(groups: readonly FailureGroup[]): FailureGroup[] {
  const merged = new Map<string, FailureGroup>();
  for (const group of groups) {
    const key = JSON.stringify([group.kind, group.reason, group.host]);
    const known = merged.get(key);
    merged.set(key, known ? join(known, group) : group);
  }
  return [...merged.values()];
}

function join(one: FailureGroup, other: FailureGroup): FailureGroup {
  return {
    ...one,
    count: one.count + other.count,
    oldestAt: new Date(Math.min(+one.oldestAt, +other.oldestAt)),
    latestAt: new Date(Math.max(+one.latestAt, +other.latestAt)),
  };
}
