import type { Host, HostExperience } from '@artdag/store';

/** A way to sign a request. */
export interface Knock {
  readonly scheme: 'cavage' | 'rfc9421';
  readonly keyType: 'rsa' | 'ed25519';
}

type Manners = Pick<Host, 'scheme' | 'acceptsEd25519'>;

/** Answers that another way to sign may change. */
const knocksAgain = new Set([400, 401, 403]);

/** Whether an answer asks for the other knock. */
export function isUnheard(status: number | undefined): boolean {
  return status !== undefined && knocksAgain.has(status);
}

/**
 * The first knock at a host: by Ed25519 where it is known to take that, which costs a sixteenth; else
 * in the form that it took last, else in the older one, which most of the fediverse knows.
 */
export function firstKnock({ scheme = 'cavage', acceptsEd25519 = false }: Manners): Knock {
  return acceptsEd25519 ? { scheme: 'rfc9421', keyType: 'ed25519' } : { scheme, keyType: 'rsa' };
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
): HostExperience {
  const isRsa = heard.keyType === 'rsa';
  return {
    ...(isRsa && heard.scheme !== manners.scheme && { scheme: heard.scheme }),
    ...(unheard?.keyType === 'ed25519' && { acceptsEd25519: false }),
  };
}
