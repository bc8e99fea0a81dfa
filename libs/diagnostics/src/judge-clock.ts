import { type Finding, failure, ok, warning } from './finding.ts';

/** How far the clock of a server is ahead of ours. */
export interface ClockReading {
  readonly server: string;
  readonly aheadMs: number;
  /** Half of the time that the question took: what the reading may be wrong by. */
  readonly uncertaintyMs: number;
}

const WARN_MS = 2000;
const FAIL_MS = 30_000;

/** Asks a server for its time, and compares it with ours. */
export async function readClock(
  server: string,
  askTime: () => Promise<Date>,
  now: () => Date,
): Promise<ClockReading> {
  const before = now().getTime();
  const time = await askTime();
  const uncertaintyMs = (now().getTime() - before) / 2;
  return { server, aheadMs: time.getTime() - before - uncertaintyMs, uncertaintyMs };
}

/** Judges how well the clocks of the servers and ours agree. */
export function judgeClock(readings: readonly ClockReading[]): Finding {
  const worst = readings.toSorted((one, other) => leastSkewMs(other) - leastSkewMs(one))[0];
  if (!worst || leastSkewMs(worst) <= WARN_MS) {
    const names = readings.map(({ server }) => server).join(' and ');
    return ok('clock', names ? `agrees with ${names}` : 'no server was asked');
  }
  const seconds = (Math.abs(worst.aheadMs) / 1000).toFixed(1);
  const side = worst.aheadMs > 0 ? 'ahead of' : 'behind';
  const finding = `clock skew: ${worst.server} is ${seconds} s ${side} this machine`;
  const fix = 'Run a time service (chrony, systemd-timesyncd) on every machine.';
  return (leastSkewMs(worst) > FAIL_MS ? failure : warning)('clock', finding, fix);
}

function leastSkewMs({ aheadMs, uncertaintyMs }: ClockReading): number {
  return Math.max(0, Math.abs(aheadMs) - uncertaintyMs);
}
