import type { FileDigests, KeySource, RegistryAnswer } from '../report.ts';

/** The text with the actor's keys, a PEM or his document, or why there is none, as a sentence. */
export type KeyEvidence =
  | { readonly text: string; readonly source: KeySource; readonly url?: string }
  | { readonly missing: string };

/** All that a verification works with; it asks for nothing more. */
export interface Evidence {
  /** The activity as it was received. */
  readonly text: string;
  readonly key: KeyEvidence;
  readonly file?: FileDigests;
  readonly registry?: RegistryAnswer;
}
