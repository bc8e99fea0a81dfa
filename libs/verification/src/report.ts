import type { ReasonCode } from './reason-words.ts';

/**
 * Answer of one step. `cannot-tell`: the question stands, and what is needed to answer it is
 * missing. `not-asked`: there is nothing to check, or nobody asked.
 */
export type Outcome = 'holds' | 'fails' | 'cannot-tell' | 'not-asked';

/** The steps of a verification, in their order. */
export type StepName =
  | 'form'
  | 'canonical-text'
  | 'signature'
  | 'proof'
  | 'key-owner'
  | 'content-hash'
  | 'earliest-claim'
  | 'not-withdrawn';

/** One question and its answer, in words. */
export interface Step {
  readonly name: StepName;
  readonly title: string;
  readonly outcome: Outcome;
  /** Why the outcome is what it is, for programs. */
  readonly reason: ReasonCode;
  /** The same as a sentence. */
  readonly found: string;
  /** What it proves if it holds. */
  readonly proves: string;
  /** What nobody should read into it. */
  readonly doesNotProve: string;
}

/** The report in one word. Whoever needs a yes takes `holds` alone for it. */
export type Verdict =
  | 'holds'
  | 'malformed'
  | 'signature-invalid'
  | 'unsigned'
  | 'proof-invalid'
  | 'file-differs'
  | 'contested-or-withdrawn'
  | 'cannot-tell';

/** What a signature that was checked covers. Nothing else in a report was signed by anybody. */
export interface Signed {
  /**
   * `package`: the RSA signature over options and document; `object-only`: the older one over
   * the object alone; `proof`: no RSA signature, but an `eddsa-jcs-2022` proof that holds.
   */
  readonly convention: 'package' | 'object-only' | 'proof';
  /** IRI by which the signature names its key. */
  readonly keyId: string | null;
  /** When the signature says that it was made. */
  readonly created: string | null;
  /** The canonical text that is covered; numbers stand in it as they were written. */
  readonly text: string;
  /** SHA-256 of that text in hexadecimal. */
  readonly textSha256: string;
}

/** What the text says of itself: a claim, whoever signed it. */
export interface SaidByActivity {
  readonly id: string;
  readonly type: string;
  readonly actor: string;
  readonly published: string | null;
  readonly name: string | null;
  readonly contentHash: string | null;
}

/**
 * Where a key came from. `checked-server`: the server whose claim is being checked, which could
 * have changed key and claim together; `other-server`: the actor's own, which is another.
 */
export type KeySource = 'given' | 'data-directory' | 'checked-server' | 'other-server';

/** What was seen while checking; none of it was signed. */
export interface Observed {
  /** When it was checked, ISO 8601. */
  readonly at: string;
  readonly activity: SaidByActivity | null;
  readonly key: {
    readonly source: KeySource;
    /** Where it was fetched from. */
    readonly url: string | null;
    /** The actor in whose document it stands. */
    readonly owner: string | null;
    /** SHA-256 of the RSA key's SPKI in hexadecimal. */
    readonly sha256: string | null;
  } | null;
  readonly file: FileDigests | null;
  readonly registry: RegistryAnswer | null;
  readonly steps: readonly Step[];
}

/** Digests of a file, made where the file is. */
export interface FileDigests {
  /** 64 hexadecimal characters. */
  readonly sha3: string;
  /** SHA-256, by which a mistaken algorithm is recognised; 64 hexadecimal characters. */
  readonly sha256: string;
}

/** What a registry says about a content hash. */
export interface RegistryAnswer {
  /** The address that was asked. */
  readonly url: string;
  readonly state: 'claimed' | 'withdrawn' | 'unknown' | 'unreachable';
  /** The actor of the earliest claim that stands. */
  readonly owner: string | null;
  /** IRI of that claim, where the registry says it. */
  readonly activity: string | null;
  /** Whether the claim in question is one that its actor has taken back; null if it is not known. */
  readonly isWithdrawn: boolean | null;
}

/** Whether a claim holds, step by step: what was signed apart from what was observed. */
export interface Report {
  readonly verdict: Verdict;
  /** The verdict as a sentence. */
  readonly summary: string;
  /** Null unless a signature or a proof holds, and where one of the two fails. */
  readonly signed: Signed | null;
  readonly observed: Observed;
}
