import type { ClaimStatus } from '../../commands/judge-claim.ts';

/** States of a claim in words, in English. `at` is a time as text. */
export const claimWords: Readonly<Record<ClaimStatus['kind'], string>> = {
  verified: 'Verified by this server',
  'verified-older-form': 'Verified (imported, older form)',
  signing: 'Signing',
  'not-signed': 'Not signed',
  mismatch: 'Signature does not match',
  'key-gone': 'Key no longer available (verified earlier)',
  'key-replaced': 'Key since replaced (valid then)',
  contested: 'Contested',
  'provenance-lost': 'Provenance lost (the L1 is gone, our copy is kept)',
  'provenance-changed': 'Provenance changed',
  withdrawn: 'Withdrawn',
  disagree: 'Record and log disagree',
};

/** What each state means, in English. */
export const claimMeanings: Readonly<Record<ClaimStatus['kind'], string>> = {
  verified: 'The signature was made with the key that this server has for the owner.',
  'verified-older-form':
    'The signature covers the object alone, as older software made it, and not who said it and when.',
  signing: 'The claim is recorded and waits for its signature.',
  'not-signed': 'This server has a record of the work and no signature under it.',
  mismatch: 'The signature was not made with the key that this server has for the owner.',
  'key-gone': 'This server verified the signature when it stored it, and cannot do it again.',
  'key-replaced':
    'The signature names another key than the owner has now. This server verified it when it stored it.',
  contested: 'More than one user claims this hash. The earliest claim stands first.',
  'provenance-lost': 'Where the work was made can no longer be asked.',
  'provenance-changed': 'Where the work was made now tells something else than it did.',
  withdrawn: 'The owner took the claim back.',
  disagree: 'What is recorded of the work is not what was signed.',
};
