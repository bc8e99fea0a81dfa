import { type KeyObject, verify } from 'node:crypto';
import { type HttpSignature, type HttpSignatureFault, refuse } from './http-signature.ts';

type KeyType = 'rsa' | 'ed25519';

/** What a message may call the algorithm of each type of key. */
const algorithmNames: Readonly<Record<HttpSignature['scheme'], Record<KeyType, string[]>>> = {
  rfc9421: { rsa: ['rsa-v1_5-sha256'], ed25519: ['ed25519'] },
  cavage: { rsa: ['rsa-sha256', 'hs2019'], ed25519: ['ed25519', 'ed25519-sha512', 'hs2019'] },
};

/**
 * Verifies the bytes of a signature. The type of the key decides the algorithm,
 * RSASSA-PKCS1-v1_5 with SHA-256 or Ed25519; a message that names another is refused.
 *
 * {@link checkHttpSignature} must have passed before: what is not covered is not verified.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-3.3
 */
export function verifyHttpSignature(
  signature: HttpSignature,
  publicKey: KeyObject,
): { readonly ok: true } | HttpSignatureFault {
  const keyType = publicKey.asymmetricKeyType;
  if (keyType !== 'rsa' && keyType !== 'ed25519') return refuse('key-type');
  const { algorithm, bases, scheme, value } = signature;
  if (algorithm !== undefined && !algorithmNames[scheme][keyType].includes(algorithm)) {
    return refuse('algorithm-mismatch');
  }
  const hashName = keyType === 'rsa' ? 'sha256' : null;
  const isValid = bases.some((base) =>
    verify(hashName, Buffer.from(base, 'latin1'), publicKey, value),
  );
  return isValid ? { ok: true } : refuse('signature-mismatch');
}

/**
 * Whether a key may verify signatures: Ed25519, or RSA of 2048 to 8192 bits. To be asked once,
 * when a key is fetched: a weaker one is forged, a larger one takes time that strangers choose.
 */
export function isAcceptableKey(publicKey: KeyObject): boolean {
  if (publicKey.asymmetricKeyType === 'ed25519') return true;
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  return publicKey.asymmetricKeyType === 'rsa' && bits >= 2048 && bits <= 8192;
}
