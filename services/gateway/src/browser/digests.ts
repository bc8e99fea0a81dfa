import type { FileDigests } from '@artdag/verification';
import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createSHA3, createSHA256 } from 'hash-wasm';

/** Takes bytes as they come and gives both digests of all of them. */
export interface Digests {
  update(bytes: Uint8Array): void;
  end(): FileDigests;
}

const SHA3_BITS = 256;

/** By WebAssembly, or by JavaScript where a browser or a policy does not let it run. */
export function createDigests(): Promise<Digests> {
  return createWasmDigests().catch(createScriptDigests);
}

/** About ten times as fast. @throws where WebAssembly may not run. */
export async function createWasmDigests(): Promise<Digests> {
  const [sha3, sha2] = await Promise.all([createSHA3(SHA3_BITS), createSHA256()]);
  return {
    update(bytes) {
      sha3.update(bytes);
      sha2.update(bytes);
    },
    end: () => ({ sha3: sha3.digest('hex'), sha256: sha2.digest('hex') }),
  };
}

export function createScriptDigests(): Digests {
  const sha3 = sha3_256.create();
  const sha2 = sha256.create();
  return {
    update(bytes) {
      sha3.update(bytes);
      sha2.update(bytes);
    },
    end: () => ({ sha3: bytesToHex(sha3.digest()), sha256: bytesToHex(sha2.digest()) }),
  };
}
