/**
 * Signs bytes with a private key that stays where it is: the algorithm is the key's own
 * (RSASSA-PKCS1-v1_5 with SHA-256, or Ed25519).
 */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>;
