import type { RegisteredAsset } from '@artdag/registry';

/** One thing that is to be said of a claim. */
export type ClaimStatus =
  | { readonly kind: 'verified' | 'verified-older-form'; readonly at: Date }
  | { readonly kind: 'key-gone' | 'key-replaced'; readonly at: Date }
  | { readonly kind: 'contested'; readonly claims: number }
  | {
      readonly kind:
        | 'signing'
        | 'not-signed'
        | 'mismatch'
        | 'provenance-lost'
        | 'provenance-changed'
        | 'withdrawn'
        | 'disagree';
    };

/** How good or bad a state is, for its colour; its words say it too. */
export type ClaimTone = 'ok' | 'warn' | 'bad' | 'plain';

/** What was found when the signature was checked just now. */
export type SignatureFinding =
  | 'package'
  | 'object-only'
  | 'mismatch'
  | 'missing'
  | 'no-key'
  | 'other-key';

/** What a claim is judged by. */
export interface ClaimEvidence {
  readonly state: RegisteredAsset['state'];
  /** Nothing where there is no signed activity. */
  readonly signature?: {
    readonly finding: SignatureFinding;
    /** What was found when it was stored. */
    readonly stored: 'package' | 'object-only' | false;
    readonly signedAt: Date;
  };
  /** Users whose claims of the hash stand. */
  readonly claimants: number;
  /** What has become of where the work was made, where that is to be said. */
  readonly provenance?: 'lost' | 'changed' | undefined;
  /** Whether what was signed says what the record says. */
  readonly agrees: boolean;
  readonly now: Date;
}

/** What is to be said of a claim, what matters most first. */
export function judgeClaim(evidence: ClaimEvidence): ClaimStatus[] {
  const { state, claimants, agrees, signature, provenance } = evidence;
  return [
    ...(state === 'withdrawn' ? [{ kind: 'withdrawn' } as const] : []),
    judgeSignature(evidence),
    ...(signature && !agrees ? [{ kind: 'disagree' } as const] : []),
    ...(claimants > 1 ? [{ kind: 'contested', claims: claimants } as const] : []),
    ...(provenance ? [{ kind: `provenance-${provenance}` } as const] : []),
  ];
}

/** What is to be said of a signature, or of there being none yet. */
export function judgeSignature({
  state,
  signature,
  now,
}: Pick<ClaimEvidence, 'state' | 'signature' | 'now'>): ClaimStatus {
  if (!signature) return { kind: state === 'pending' ? 'signing' : 'not-signed' };
  const at = signature.signedAt;
  switch (signature.finding) {
    case 'package':
      return { kind: 'verified', at: now };
    case 'object-only':
      return { kind: 'verified-older-form', at: now };
    case 'no-key':
      return signature.stored === false ? { kind: 'not-signed' } : { kind: 'key-gone', at };
    case 'other-key':
      return signature.stored === false ? { kind: 'mismatch' } : { kind: 'key-replaced', at };
    case 'mismatch':
      return { kind: 'mismatch' };
    case 'missing':
      return { kind: 'not-signed' };
  }
}

const TONES: Readonly<Record<ClaimStatus['kind'], ClaimTone>> = {
  verified: 'ok',
  'verified-older-form': 'ok',
  signing: 'plain',
  'not-signed': 'plain',
  mismatch: 'bad',
  'key-gone': 'warn',
  'key-replaced': 'warn',
  contested: 'warn',
  'provenance-lost': 'warn',
  'provenance-changed': 'warn',
  withdrawn: 'warn',
  disagree: 'bad',
};

/** The tone of a state. */
export function toneOf({ kind }: ClaimStatus): ClaimTone {
  return TONES[kind];
}
