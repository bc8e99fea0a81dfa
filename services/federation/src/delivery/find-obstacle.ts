import type { RuledHost } from '@artdag/store';
import { gateOf } from './breaker.ts';

/** Why a host is not delivered to, and when to look again. */
export interface Obstacle {
  readonly reason: string;
  readonly until: Date;
}

/** An operator who lets a host go on also hurries what waits for it; this is for what is missed. */
const LOOK_AGAIN_MS = 3_600_000;
/** What waits for one moment comes back over so long. */
const SPREAD_MS = 60_000;

/** What stands between us and a host; nothing where it may be tried. */
export function findObstacle(
  host: RuledHost,
  { now, random }: { readonly now: Date; readonly random: number },
): Obstacle | undefined {
  const spread = SPREAD_MS * random;
  const lookAgain = new Date(now.getTime() + LOOK_AGAIN_MS + spread);
  if (host.isBlocked) return { reason: 'the host is blocked', until: lookAgain };
  if (host.pausedAt) return { reason: 'the host is paused', until: lookAgain };
  const gate = gateOf(host, now);
  if (gate.kind !== 'open') return undefined;
  const until = new Date(gate.until.getTime() + spread);
  return { reason: 'the host did not answer several times', until };
}
