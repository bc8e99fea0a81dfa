/** Why a step has its outcome, as a sentence. `{…}` stands for what the check adds. */
export const reasonWords = {
  'well-formed': 'The text is one JSON object with the members that an activity needs.',
  'not-json': 'The text cannot be read: {detail}',
  'not-an-object': 'The text is JSON, but no object.',
  'member-missing': 'The activity has no {detail}.',
  'speaks-for-another':
    'The object is attributed to {detail}, and that is not the actor of the activity.',
  'not-reached': 'The text has no form that could be checked.',

  'text-rebuilt':
    'The text that the signature covers was rebuilt from the members {detail}; numbers stand in it as they were written.',
  'text-incomplete': 'A member that the signature covers is missing.',

  'signature-package': 'The RSA signature matches the activity and its own date and key name.',
  'signature-object-only':
    'The RSA signature matches by the older convention: it covers the object alone, not who said it and when.',
  'signature-missing': 'The activity carries no signature.',
  'signature-absent': 'The activity carries no RSA signature; it carries a proof instead.',
  'signature-type': 'The signature is not of the type RsaSignature2017.',
  'signature-malformed': 'The value of the signature is not base64.',
  'signature-mismatch':
    'The signature does not match: the text was changed after it was signed, or another key signed it.',
  'key-missing': 'There is no key to check it with: {detail}',
  'key-not-listed': 'The key {detail} is not among the keys that are known of the actor.',
  'key-unusable':
    'The key cannot be used: an RSA public key of 2048 to 8192 bits, or an Ed25519 key, is expected.',
  'crypto-unavailable': 'This program or browser cannot check signatures of this kind here.',

  'proof-matches': 'The Ed25519 proof matches the whole document.',
  'proof-missing': 'The activity carries no proof; claims made before proofs came have none.',
  'proof-form': 'The proof is not one by eddsa-jcs-2022 in the right form: {detail}.',
  'proof-key-not-given': 'The proof was not checked: the key that was given is the RSA key alone.',
  'proof-expired': 'The proof has expired.',
  'proof-mismatch': 'The proof does not match: the document was changed after it was proved.',

  'owner-given': "The key stands in the actor's document that you gave.",
  'owner-data-directory': "The key is the actor's by the data directory.",
  'owner-checked-server':
    "The key stands in the actor's document, which came from the server that is being checked: that server could have changed both.",
  'owner-other-server': "The key stands in the actor's document, which came from his own server.",
  'owner-not-said':
    'The key is a bare key: that it belongs to the actor is the word of who gave it.',
  'other-actor': 'The document with the key is of {detail}, and that is not the actor.',

  'file-matches': 'The SHA3-256 of the file is the hash of the claim.',
  'file-differs': 'The SHA3-256 of the file is {detail}, and that is not the hash of the claim.',
  'file-sha256':
    'The hash of the claim is the SHA-256 of this file, where it should be the SHA3-256: right file, wrong algorithm.',
  'no-file': 'No file was given.',
  'no-content-hash': 'The activity is not about a content hash.',
  'opaque-hash': 'The hash of the claim is not a SHA3-256 in hexadecimal: {detail}',

  'is-earliest': 'The registry names this claim as the earliest on this hash.',
  'same-owner': 'The registry names the same actor as the owner of this hash.',
  'claimed-earlier': 'The registry knows an earlier claim on this hash, by {detail}.',
  'hash-unknown': 'The registry knows no claim on this hash.',
  'all-withdrawn': 'Every claim on this hash has been withdrawn.',
  'registry-unreachable': 'The registry gave no answer that could be used: {detail}',
  'registry-not-asked': 'No registry was asked.',

  stands: 'The registry lists the claim as standing.',
  withdrawn: 'The actor has withdrawn this claim.',
  'standing-unknown': 'The registry does not say whether this claim stands.',
} as const;

/** Names of the sentences of {@link reasonWords}. */
export type ReasonCode = keyof typeof reasonWords;

/** The sentence of a reason, with `detail` in its place. */
export function describeReason(reason: ReasonCode, detail = ''): string {
  // A function, because a text may hold `$&`, which a replacement would read as an order.
  return reasonWords[reason].replace('{detail}', () => detail);
}
