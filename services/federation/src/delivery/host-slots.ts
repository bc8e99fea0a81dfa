/** What a delivery has shown of its host. */
export interface SlotUse {
  readonly isReachable: boolean;
  readonly tookMs: number;
}

/** A slot to deliver in now, or when to ask again. */
export type Turn =
  | { readonly kind: 'now'; release(use: SlotUse | undefined): void }
  | { readonly kind: 'later'; readonly at: Date };

/** Decides which deliveries of this worker go out at the same time. */
export interface HostSlots {
  take(host: string): Turn;
  /** Lets every delivery to a host wait until `until`: it has asked for that. */
  hold(host: string, until: Date): void;
}

/** How {@link createHostSlots} counts. */
export interface HostSlotsOptions {
  /** Deliveries that the worker makes at once. */
  readonly total: number;
  readonly now: () => Date;
  readonly random: () => number;
  /** Hosts that are remembered; 10,000 unless told. */
  readonly capacity?: number;
}

/** What this worker has seen of a host lately. */
type Standing = 'proven' | 'new' | 'doubtful';

interface Entry {
  standing: Standing;
  inFlight: number;
  /** How long a delivery takes here, on a running average. */
  meanMs: number;
  /** When the last of those that were turned away may be served. */
  nextTurnAt: number;
  heldUntil: number;
}

const PER_HOST: Readonly<Record<Standing, number>> = { proven: 4, new: 1, doubtful: 1 };
/** Of all slots, those that hosts which have not answered lately may hold together. */
const UNPROVEN_SHARE = 1 / 2;
const DOUBTFUL_SHARE = 1 / 8;
const SLOW_MS = 5000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Counts slots in this process: at most 4 deliveries at once to a host that answers, 1 to a host
 * that has yet to answer or lately did not, and for the latter an eighth of all slots. So black holes
 * cannot hold what others need, however many they are.
 *
 * Those that are turned away come back one after the other at the rate of the host, not all at once.
 */
export function createHostSlots(options: HostSlotsOptions): HostSlots {
  const { total, now, random, capacity = 10_000 } = options;
  const entries = new Map<string, Entry>();
  const used: Record<Standing, number> = { proven: 0, new: 0, doubtful: 0 };
  const maxDoubtful = Math.max(1, Math.floor(total * DOUBTFUL_SHARE));
  const maxUnproven = Math.max(2, Math.floor(total * UNPROVEN_SHARE));

  function entryOf(host: string): Entry {
    const entry = entries.get(host) ?? newEntry();
    entries.delete(host);
    entries.set(host, entry);
    if (entries.size > capacity) forgetIdle(entries);
    return entry;
  }

  function isFull({ standing, inFlight }: Entry): boolean {
    if (inFlight >= PER_HOST[standing]) return true;
    if (standing === 'proven') return false;
    if (standing === 'doubtful' && used.doubtful >= maxDoubtful) return true;
    return used.new + used.doubtful >= maxUnproven;
  }

  function later(entry: Entry, time: number): Turn {
    entry.nextTurnAt = Math.max(entry.nextTurnAt, time) + entry.meanMs / PER_HOST[entry.standing];
    const longest = time + LONGEST_WAIT_MS * (0.5 + random() / 2);
    const at = Math.max(Math.min(entry.nextTurnAt, longest), entry.heldUntil);
    return { kind: 'later', at: new Date(at + 200 + 800 * random()) };
  }

  return {
    take(host) {
      const entry = entryOf(host);
      const time = now().getTime();
      if (entry.heldUntil > time || isFull(entry)) return later(entry, time);
      const { standing } = entry;
      entry.inFlight += 1;
      used[standing] += 1;
      return {
        kind: 'now',
        release(use) {
          entry.inFlight -= 1;
          used[standing] -= 1;
          if (use) learn(entry, use);
        },
      };
    },
    hold(host, until) {
      entryOf(host).heldUntil = until.getTime();
    },
  };
}

function newEntry(): Entry {
  return { standing: 'new', inFlight: 0, meanMs: 100, nextTurnAt: 0, heldUntil: 0 };
}

function learn(entry: Entry, { isReachable, tookMs }: SlotUse): void {
  const isSlow = tookMs > SLOW_MS;
  entry.standing = isReachable && !isSlow ? 'proven' : 'doubtful';
  entry.meanMs = isSlow ? tookMs : 0.8 * entry.meanMs + 0.2 * tookMs;
}

/** Forgets the host that was asked for longest ago of those that are not in use. */
function forgetIdle(entries: Map<string, Entry>): void {
  for (const [host, { inFlight }] of entries) {
    if (inFlight > 0) continue;
    entries.delete(host);
    return;
  }
}
