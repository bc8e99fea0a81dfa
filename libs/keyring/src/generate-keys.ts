import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** Generates an RSA-2048 private key on the thread pool, as PKCS#8 PEM. */
export async function generateRsaPem(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Generates an Ed25519 private key on the thread pool, as PKCS#8 PEM. */
export async function generateEd25519Pem(): Promise<string> {
  const { privateKey } = await generate('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
