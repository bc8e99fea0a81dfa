import type { JwtKey } from '@artdag/store';

/** How far apart the clocks of gateways may be. */
const CLOCKS_APART_MS = 15 * 60_000;

/** A key, and until when tokens that it signed may be good; nothing while it signs. */
export interface JudgedKey {
  readonly key: JwtKey;
  readonly believedUntil: Date | undefined;
}

/**
 * The keys that are believed at `now`. A key that another has taken over from is believed until the last
 * token that it can have signed has ended; not at all, where the other has ended the older ones.
 *
 * `keys` are in the order of their numbers.
 */
export function judgeJwtKeys(keys: readonly JwtKey[], now: Date): JudgedKey[] {
  const believed = keys.slice(
    Math.max(
      keys.findLastIndex(({ endsOlder }) => endsOlder),
      0,
    ),
  );
  return believed
    .map((key, index) => ({ key, believedUntil: endOf(key, believed[index + 1]) }))
    .filter(({ believedUntil }) => believedUntil === undefined || believedUntil > now);
}

function endOf({ lifeSeconds }: JwtKey, next: JwtKey | undefined): Date | undefined {
  return next && new Date(next.signsFrom.getTime() + lifeSeconds * 1000 + CLOCKS_APART_MS);
}

/** Of the keys that can sign, the one that does: the last one whose time has come, or the first. */
export function chooseSigningKey<K extends JudgedKey>(
  keys: readonly K[],
  now: Date,
): K | undefined {
  return keys.findLast(({ key }) => key.signsFrom <= now) ?? keys[0];
}
