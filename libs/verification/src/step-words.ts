import type { StepName, Verdict } from './report.ts';

/** What each step is called, what it proves if it holds, and what nobody should read into it. */
export const stepWords: Readonly<
  Record<StepName, { title: string; proves: string; doesNotProve: string }>
> = {
  form: {
    title: 'Form',
    proves: 'The text is an activity whose parts can be checked.',
    doesNotProve: 'Anything about who wrote it.',
  },
  'canonical-text': {
    title: 'Canonical text',
    proves: 'Which text exactly the signature is about.',
    doesNotProve: 'That anybody signed it. Members beside it, such as to and cc, are not covered.',
  },
  signature: {
    title: 'RSA signature',
    proves: 'Whoever holds the private key signed this text, and it was not changed since.',
    doesNotProve: 'Who holds the key, when it was signed, or who made the work.',
  },
  proof: {
    title: 'Ed25519 proof',
    proves: 'Whoever holds the second key proved the whole document, addresses included.',
    doesNotProve: 'Who holds the key, or who made the work.',
  },
  'key-owner': {
    title: 'Key of the actor',
    proves: 'The actor whom the claim names publishes the key that signed it.',
    doesNotProve: 'Which person stands behind the actor.',
  },
  'content-hash': {
    title: 'Content hash of the file',
    proves: 'The claim is about exactly these bytes.',
    doesNotProve: 'That a picture that looks alike is covered: one other byte is another file.',
  },
  'earliest-claim': {
    title: 'Earliest claim',
    proves: 'This registry has recorded no earlier standing claim on these bytes.',
    doesNotProve: 'That nobody claimed or made the work elsewhere before.',
  },
  'not-withdrawn': {
    title: 'Not withdrawn',
    proves: 'The actor has not taken the claim back in this registry.',
    doesNotProve: 'That he still means it.',
  },
};

/** The verdicts as sentences. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  holds: 'All that was checked holds. It proves who said it, not who made the work.',
  malformed: 'This is not an activity that could be checked.',
  'signature-invalid': 'The signature does not hold.',
  unsigned: 'Nobody signed this.',
  'proof-invalid': 'The Ed25519 proof does not hold.',
  'file-differs': 'The claim is not about this file.',
  'contested-or-withdrawn': 'The claim was withdrawn, or another one came earlier.',
  'cannot-tell': 'Cannot tell: nothing failed, but a question has no answer.',
};
