import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  getStringMember,
  isAcceptableKey,
  type JsonNode,
  parseEd25519Multikey,
} from '@artdag/signatures';
import { isSameOrigin } from '../documents/is-same-origin.ts';
import type { ActorKey } from './actor.ts';

const maxPemLength = 4096;
const publicPem = /^\s*-----BEGIN (RSA )?PUBLIC KEY-----/;

/**
 * A key object of an actor's `publicKey` or `assertionMethod`, or of a document of its own. The
 * actor must own it and its id must be on the actor's origin; else, and for a key too weak, too
 * large or unreadable, `undefined`.
 *
 * @see https://w3id.org/security/v1
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/521a/fep-521a.md
 */
export function readKey(node: JsonNode, actorIri: string): ActorKey | undefined {
  const keyId = getStringMember(node, 'id');
  const owner = getStringMember(node, 'owner') ?? getStringMember(node, 'controller');
  if (keyId === undefined || owner !== actorIri || !isSameOrigin(keyId, actorIri)) return undefined;
  const publicKey = readPublicKey(node);
  if (publicKey === undefined || !isAcceptableKey(publicKey)) return undefined;
  return {
    keyId,
    algorithm: publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ed25519',
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function readPublicKey(node: JsonNode): KeyObject | undefined {
  const pem = getStringMember(node, 'publicKeyPem');
  const multibase = getStringMember(node, 'publicKeyMultibase');
  try {
    if (pem !== undefined && pem.length <= maxPemLength && publicPem.test(pem)) {
      return createPublicKey(pem);
    }
    return multibase === undefined ? undefined : parseEd25519Multikey(multibase);
  } catch {
    return undefined;
  }
}
