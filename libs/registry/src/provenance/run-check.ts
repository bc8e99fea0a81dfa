/**
 * What an L1 said when it was asked again about a run that is registered: `same` as before, something
 * else, that it knows no such run (`unknown`), or nothing that could be used (`silent`).
 */
export type RunFinding = 'same' | 'changed' | 'unknown' | 'silent';

/** The last time that an L1 was asked again about a registered run. */
export interface RunCheck {
  readonly finding: RunFinding;
  readonly at: Date;
  /** Since when that is all that it was found to be. */
  readonly since: Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An L1 that says nothing for so long is taken to be gone. */
const GONE_AFTER_MS = 7 * DAY_MS;

/** Whether an L1 should be asked again: once a day, and every hour while it says nothing. */
export function isCheckDue(
  { readAt, check }: { readonly readAt: Date; readonly check?: RunCheck | undefined },
  now: Date,
): boolean {
  const age = now.getTime() - (check?.at ?? readAt).getTime();
  return age >= (check?.finding === 'silent' ? HOUR_MS : DAY_MS);
}

/** The check after another: what is found again is so since then. */
export function noteFinding(
  earlier: RunCheck | undefined,
  finding: RunFinding,
  at: Date,
): RunCheck {
  return { finding, at, since: earlier?.finding === finding ? earlier.since : at };
}

/**
 * What is to be said of where a work was made: `lost` where its L1 knows the run no more, has been
 * silent for a week, or is none that this server may ask; `changed` where it now tells something else.
 */
export function judgeRun(
  { check, mayAsk }: { readonly check?: RunCheck | undefined; readonly mayAsk: boolean },
  now: Date,
): 'lost' | 'changed' | undefined {
  if (check?.finding === 'changed') return 'changed';
  if (!mayAsk || check?.finding === 'unknown') return 'lost';
  const isSilent = check?.finding === 'silent';
  return isSilent && now.getTime() - check.since.getTime() >= GONE_AFTER_MS ? 'lost' : undefined;
}
