import type { Host, HostExperience } from '@artdag/store';

/** A way to sign a request. */
export interface Knock {
  readonly scheme: 'cavage' | 'rfc9421';
  readonly keyType: 'rsa' | 'ed25519';
  /** Nobody knows yet whether the host takes it. */
  readonly isTrial?: true;
}

type Manners = Pick<Host, 'scheme' | 'acceptsEd25519' | 'ed25519At' | 'ed25519Hint'>;

/** Answers that another way to sign may change. */
const knocksAgain = new Set([400, 401, 403]);
/** Answers that say nothing of the signature: the host is to be left alone. */
const asksForPatience = new Set([429, 503]);
const ED25519_AGAIN_MS = 30 * 86_400_000;

/** Whether an answer asks for the other knock. A trial must cost no delivery, whatever comes of it. */
export function isUnheard(
  status: number | undefined,
  { isTrial }: Pick<Knock, 'isTrial'>,
): boolean {
  if (status === undefined) return false;
  return knocksAgain.has(status) || (isTrial === true && !asksForPatience.has(status));
}

/**
 * The first knock at a host: by Ed25519 where it takes that, which costs a sixteenth, or may take
 * it; else in the form that it took last, else in the older one, which most of the fediverse knows.
 */
export function firstKnock(manners: Manners, now: Date): Knock {
  const ed25519 = { scheme: 'rfc9421', keyType: 'ed25519' } as const;
  if (manners.acceptsEd25519) return ed25519;
  if (mayTakeEd25519(manners, now)) return { ...ed25519, isTrial: true };
  return { scheme: manners.scheme ?? 'cavage', keyType: 'rsa' };
}

/**
 * Whether a trial shows anything. A server that queues what it has yet to verify answers 202 to
 * every signature: so it must have said that it takes Ed25519, or have refused the older form, from
 * which we know that it verifies before it answers. A form by RSA to fall back to must be known.
 */
function mayTakeEd25519(
  { scheme, acceptsEd25519, ed25519At, ed25519Hint }: Manners,
  now: Date,
): boolean {
  if (ed25519Hint === undefined || scheme === undefined) return false;
  const knownFor = now.getTime() - (ed25519At?.getTime() ?? 0);
  if (acceptsEd25519 === false && knownFor < ED25519_AGAIN_MS) return false;
  return ed25519Hint === 'declared' || scheme === 'rfc9421';
}

/** The knock after one that was not heard. */
export function otherKnock({ scheme, keyType }: Knock, manners: Manners): Knock {
  if (keyType === 'ed25519') return { scheme: manners.scheme ?? 'rfc9421', keyType: 'rsa' };
  return { scheme: scheme === 'cavage' ? 'rfc9421' : 'cavage', keyType };
}

/** What is new about a host that has heard `heard`, after `unheard` if there was one. */
export function learnManners(
  heard: Knock,
  unheard: Knock | undefined,
  manners: Manners,
  now: Date,
): HostExperience {
  const isRsa = heard.keyType === 'rsa';
  const isRefused = unheard?.keyType === 'ed25519';
  return {
    ...(isRsa && heard.scheme !== manners.scheme && { scheme: heard.scheme }),
    ...(heard.isTrial && { acceptsEd25519: true, ed25519At: now }),
    ...(isRefused && { acceptsEd25519: false, ed25519At: now }),
  };
}
