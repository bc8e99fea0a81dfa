import { isAppError } from '@artdag/errors';
import {
  decodeEd25519Multikey,
  getMember,
  getStringMember,
  type JsonNode,
  parseLosslessJson,
} from '@artdag/signatures/portable';
import { decodeBase64 } from '../bytes.ts';

const pemPattern = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/;
const maxKeys = 20;
const maxLength = 256 * 1024;

/** A public key; a bare key has no id. */
export interface PublicKey {
  readonly keyId: string | undefined;
  readonly algorithm: 'rsa' | 'ed25519';
  /** DER of the SPKI for RSA, the 32 bytes for Ed25519. */
  readonly bytes: Uint8Array;
}

/** The keys in a text: of one actor, or bare. */
export interface KeySet {
  /** IRI of the actor in whose document the keys stand. */
  readonly owner: string | undefined;
  readonly keys: readonly PublicKey[];
}

/**
 * Reads a PEM (SPKI) or the document of an actor, of whose keys those count that name him as
 * their owner; `undefined` where the text is neither or holds no key that can be read.
 *
 * @see https://w3id.org/security/v1
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function readKeys(text: string): KeySet | undefined {
  const spki = readPem(text);
  if (spki) {
    return { owner: undefined, keys: [{ keyId: undefined, algorithm: 'rsa', bytes: spki }] };
  }
  const document = parseDocument(text);
  const owner = getStringMember(document, 'id');
  if (owner === undefined) return undefined;
  const members = ['publicKey', 'assertionMethod'].flatMap((key) =>
    listOf(getMember(document, key)),
  );
  const keys = members.slice(0, maxKeys).flatMap((member) => readKey(member, owner) ?? []);
  return { owner, keys };
}

function readKey(node: JsonNode, actor: string): PublicKey | undefined {
  const keyId = getStringMember(node, 'id');
  const owner = getStringMember(node, 'owner') ?? getStringMember(node, 'controller');
  if (owner !== actor) return undefined;
  const spki = readPem(getStringMember(node, 'publicKeyPem') ?? '');
  if (spki) return { keyId, algorithm: 'rsa', bytes: spki };
  const raw = decodeEd25519Multikey(getStringMember(node, 'publicKeyMultibase') ?? '');
  return raw && { keyId, algorithm: 'ed25519', bytes: raw };
}

function readPem(text: string): Uint8Array | undefined {
  const body = pemPattern.exec(text.trim())?.[1];
  return body === undefined ? undefined : decodeBase64(body.replace(/\s/g, ''));
}

function parseDocument(text: string): JsonNode | undefined {
  try {
    return parseLosslessJson(text, { maxLength });
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function listOf(node: JsonNode | undefined): readonly JsonNode[] {
  if (node === undefined) return [];
  return node.kind === 'array' ? node.items : [node];
}
