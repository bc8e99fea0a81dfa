import { createHash } from 'node:crypto';

/** SHA-256 of the bytes of a key in PEM, in groups of four digits, for people to compare. */
export function fingerprintOf(publicKeyPem: string): string {
  const der = Buffer.from(publicKeyPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const digest = createHash('sha256').update(der).digest('hex');
  return digest.replace(/(.{4})(?=.)/g, '$1 ');
}
