import type { webcrypto } from 'node:crypto';

type SubtleCrypto = Pick<webcrypto.SubtleCrypto, 'importKey' | 'verify'>;
type CryptoKey = webcrypto.CryptoKey;

/** Whether a signature matches; `unusable` where the key is too weak, too large or unreadable. */
export type CryptoVerdict = 'valid' | 'invalid' | 'unusable' | 'unavailable';

/** The signatures that a verification needs: what Node.js and browsers both can check. */
export interface SignatureCrypto {
  /** RSASSA-PKCS1-v1_5 with SHA-256; the key as DER of its SPKI. */
  verifyRsa(spki: Uint8Array, bytes: Uint8Array, signature: Uint8Array): Promise<CryptoVerdict>;
  /** Ed25519; the key as its 32 bytes. */
  verifyEd25519(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array): Promise<CryptoVerdict>;
}

type Bytes = Uint8Array<ArrayBuffer>;

const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const ed25519 = { name: 'Ed25519' };

/**
 * {@link SignatureCrypto} by the Web Cryptography API, which Node.js has too. Browsers give it to
 * pages of https and of localhost only, and not all of them know Ed25519.
 *
 * @see https://www.w3.org/TR/webcrypto-2/
 */
export function createWebCrypto(subtle: SubtleCrypto | undefined): SignatureCrypto {
  const verifyBy = async (
    importKey: (subtle: SubtleCrypto) => Promise<CryptoKey>,
    algorithm: { name: string },
    bytes: Uint8Array,
    signature: Uint8Array,
  ): Promise<CryptoVerdict> => {
    if (!subtle) return 'unavailable';
    const key = await tryImport(() => importKey(subtle));
    if (typeof key === 'string') return key;
    if (!isAcceptable(key)) return 'unusable';
    return (await subtle.verify(algorithm, key, own(signature), own(bytes))) ? 'valid' : 'invalid';
  };
  return {
    verifyRsa: (spki, bytes, signature) => {
      const importKey = (by: SubtleCrypto) =>
        by.importKey('spki', own(spki), rsa, false, ['verify']);
      return verifyBy(importKey, rsa, bytes, signature);
    },
    verifyEd25519: (raw, bytes, signature) => {
      const importKey = (by: SubtleCrypto) =>
        by.importKey('raw', own(raw), ed25519, false, ['verify']);
      return verifyBy(importKey, ed25519, bytes, signature);
    },
  };
}

async function tryImport(
  importKey: () => Promise<CryptoKey>,
): Promise<CryptoKey | 'unusable' | 'unavailable'> {
  try {
    return await importKey();
  } catch (error) {
    const isUnknown = error instanceof Error && error.name === 'NotSupportedError';
    return isUnknown ? 'unavailable' : 'unusable';
  }
}

/** As for the signatures of peers: a weaker RSA key is forged, a larger one takes long. */
function isAcceptable({ algorithm }: CryptoKey): boolean {
  const bits = 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : undefined;
  return bits === undefined || (bits >= 2048 && bits <= 8192);
}

/** Web Cryptography takes no view of shared memory, and types say so. */
function own(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes);
}
