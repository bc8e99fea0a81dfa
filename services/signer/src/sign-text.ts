import { createPublicKey } from 'node:crypto';
import type { Iris } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import type { Keyring } from '@artdag/keyring';
import type { PublicKeys } from '@artdag/registry';
import {
  createEddsaJcs2022Proof,
  fromPlainValue,
  type JsonNode,
  type JsonObject,
  parseEd25519Multikey,
  parseLosslessJson,
  rsaSignature2017,
  verifyEddsaJcs2022Proof,
  verifyRsaSignature2017,
  withMember,
} from '@artdag/signatures';

/** An activity that is to be signed. */
export interface SigningRequest {
  /** JSON text of the activity, without `signature` and `proof`. */
  readonly text: string;
  readonly username: string;
  readonly keys: PublicKeys;
  /** `created` of the signature and of the proof: fixed, so that signing again gives the same text. */
  readonly created: string;
}

/**
 * The exact signed text of an activity: the original's `signature`, then a `proof` over the whole
 * document. Nothing is returned that does not verify under the public keys.
 *
 * @throws AppError `signature-mismatch`
 */
export async function signText(
  request: SigningRequest,
  { keyring, iris }: { keyring: Pick<Keyring, 'sign'>; iris: Iris },
): Promise<string> {
  const { username, created } = request;
  const document = parseObject(request.text);
  const signature = await rsaSignature2017(
    { creator: iris.mainKey(username), created, document },
    (bytes) => keyring.sign({ username, algorithm: 'rsa-sha256' }, bytes),
  );
  const signed = withMember(document, 'signature', fromPlainValue(signature));
  const proof = await createEddsaJcs2022Proof(
    { document: signed, verificationMethod: iris.multikey(username), created },
    (bytes) => keyring.sign({ username, algorithm: 'ed25519' }, bytes),
  );
  const text = appendMembers(request.text, { signature, proof });
  assertVerifies(parseLosslessJson(text), request.keys);
  return text;
}

/** Members go in as text, so that what stands before them stays as it was byte by byte. */
function appendMembers(text: string, members: object): string {
  return `${text.slice(0, -1)},${JSON.stringify(members).slice(1)}`;
}

function parseObject(text: string): JsonObject {
  const node = parseLosslessJson(text);
  if (node.kind !== 'object') throw new AppError('json-invalid', 'An activity is an object.');
  return node;
}

function assertVerifies(document: JsonNode, keys: PublicKeys): void {
  const signature = verifyRsaSignature2017(document, createPublicKey(keys.publicKeyPem));
  if (!signature.ok || signature.convention !== 'package') {
    throw new AppError(
      'signature-mismatch',
      'A new signature does not verify under the public key of its actor.',
    );
  }
  const proof = verifyEddsaJcs2022Proof(document, parseEd25519Multikey(keys.publicKeyMultibase));
  if (!proof.ok) {
    throw new AppError('signature-mismatch', `A new proof does not verify: ${proof.reason}.`);
  }
}
