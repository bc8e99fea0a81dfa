/** A signature as a request carries it, in either form; nothing is verified yet. */
export interface HttpSignature {
  readonly scheme: 'cavage' | 'rfc9421';
  /** IRI of the key to verify with. */
  readonly keyId: string;
  /** What the message says of its algorithm: compared with the key, never followed. */
  readonly algorithm: string | undefined;
  /** Names of what is covered, as the scheme spells them. */
  readonly covered: ReadonlySet<string>;
  /** Every covered time of making, in seconds since 1970. */
  readonly createdTimes: readonly number[];
  /** In seconds since 1970. */
  readonly expires: number | undefined;
  /** The texts that may have been signed. */
  readonly bases: readonly string[];
  readonly value: Buffer;
}

/** Why a signature is not accepted. */
export type HttpSignatureReason =
  | 'signature-missing'
  | 'signature-malformed'
  | 'unsupported-component'
  | 'missing-component'
  | 'wrong-host'
  | 'not-yet-valid'
  | 'expired'
  | 'digest-malformed'
  | 'digest-unsupported'
  | 'digest-mismatch'
  | 'algorithm-mismatch'
  | 'key-type'
  | 'signature-mismatch';

/** A refusal, and for a component what it is called. */
export interface HttpSignatureFault {
  readonly ok: false;
  readonly reason: HttpSignatureReason;
  readonly component?: string;
}

/** Outcome of reading a signature from a request. */
export type ReadHttpSignature =
  | { readonly ok: true; readonly signature: HttpSignature }
  | HttpSignatureFault;

/** Makes a refusal. */
export function refuse(reason: HttpSignatureReason, component?: string): HttpSignatureFault {
  return component === undefined ? { ok: false, reason } : { ok: false, reason, component };
}
