import type { Store } from '@artdag/store';

/** A place to ask an L1 from, or when to come again. */
export type Passage =
  | { readonly kind: 'go'; readonly release: (result: AskResult) => Promise<void> }
  /** `busy`: its places are taken; `open`: it has failed too often, and is left alone. */
  | { readonly kind: 'busy' | 'open'; readonly until: Date };

/** What an L1 has shown: an answer, or why it was not reached. Nothing where it was not asked. */
export type AskResult = { readonly isReachable: boolean; readonly error?: string } | undefined;

/** Decides when an L1 may be asked: each has places and a breaker of its own. */
export interface L1Gate {
  enter(l1Server: string): Promise<Passage>;
}

/** How an {@link L1Gate} counts. */
export interface L1GateOptions {
  readonly l1Servers: Pick<
    Store['l1Servers'],
    'find' | 'noteSuccess' | 'noteFailure' | 'open' | 'claimProbe'
  >;
  /** Questions that this worker asks one L1 at once. */
  readonly places: number;
  readonly now: () => Date;
  readonly random: () => number;
}

const MAX_FAILURES = 5;
const OPEN_MS = 30_000;
/** A probe that says nothing for this long has died with its process. */
const LEASE_MS = 45_000;
/** How long a known standing is good, and how often a success is noted. */
const STANDING_MS = 1000;
const NOTED_EVERY_MS = 30_000;

interface Known {
  inUse: number;
  openUntil: Date | undefined;
  failures: number;
  readAt: number;
  notedAt: number;
}

/**
 * Places are counted in this process; the breaker stands in the store, where all workers and the
 * operators see it. Five failures in a row open it for half a minute, then one question is a probe.
 */
export function createL1Gate({ l1Servers, places, now, random }: L1GateOptions): L1Gate {
  const known = new Map<string, Known>();

  async function standingOf(l1Server: string): Promise<Known> {
    const entry = known.get(l1Server) ?? {
      inUse: 0,
      openUntil: undefined,
      failures: 0,
      readAt: 0,
      notedAt: 0,
    };
    known.set(l1Server, entry);
    const time = now().getTime();
    if (Math.abs(time - entry.readAt) < STANDING_MS) return entry;
    const found = await l1Servers.find(l1Server);
    entry.openUntil = found?.openUntil;
    entry.failures = found?.failures ?? 0;
    entry.readAt = time;
    return entry;
  }

  async function note(l1Server: string, entry: Known, result: AskResult): Promise<void> {
    if (!result) return;
    const at = now();
    if (result.isReachable) {
      const isNews = entry.failures > 0 || entry.openUntil !== undefined;
      if (!isNews && at.getTime() - entry.notedAt < NOTED_EVERY_MS) return;
      Object.assign(entry, { failures: 0, openUntil: undefined, notedAt: at.getTime() });
      await l1Servers.noteSuccess(l1Server, at);
      return;
    }
    entry.failures = await l1Servers.noteFailure(l1Server, result.error ?? 'no answer', at);
    if (entry.failures < MAX_FAILURES) return;
    entry.openUntil = new Date(at.getTime() + OPEN_MS);
    await l1Servers.open(l1Server, entry.openUntil);
  }

  return {
    async enter(l1Server) {
      const entry = await standingOf(l1Server);
      const at = now();
      if (entry.openUntil !== undefined) {
        const probe =
          entry.openUntil <= at &&
          (await l1Servers.claimProbe(
            l1Server,
            entry.openUntil,
            new Date(at.getTime() + LEASE_MS),
          ));
        if (!probe) {
          const end = Math.max(entry.openUntil.getTime(), at.getTime());
          return { kind: 'open', until: new Date(end + 500 + 2000 * random()) };
        }
        entry.openUntil = new Date(at.getTime() + LEASE_MS);
      } else if (entry.inUse >= places) {
        return { kind: 'busy', until: new Date(at.getTime() + 200 + 800 * random()) };
      }
      entry.inUse += 1;
      return {
        kind: 'go',
        release(result) {
          entry.inUse -= 1;
          return note(l1Server, entry, result);
        },
      };
    },
  };
}
