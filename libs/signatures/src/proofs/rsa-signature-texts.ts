import { getMember, getStringMember } from '../lossless-json/json-members.ts';
import { type JsonNode, jsonObject, jsonString } from '../lossless-json/json-node.ts';
import { pythonCanonical } from '../python-canonical.ts';

const signatureType = 'RsaSignature2017';
const optionsContext = 'https://w3id.org/security/v1';
const coveredMembers = ['@context', 'type', 'id', 'actor', 'object', 'published'] as const;

/** A `signature` member whose form is right; nothing is verified yet. */
export interface FoundRsaSignature {
  readonly ok: true;
  /** IRI of the key; the package's convention does not hold without it. */
  readonly creator: string | undefined;
  /** When it says that it was made. */
  readonly created: string | undefined;
  /** Padded base64, not decoded yet. */
  readonly signatureValue: string;
}

/** Outcome of {@link readRsaSignature2017}. */
export type ReadRsaSignature =
  | FoundRsaSignature
  | { readonly ok: false; readonly reason: 'signature-missing' | 'signature-type' };

/** Finds the `signature` of an activity, so that a caller knows which key to look for. */
export function readRsaSignature2017(document: JsonNode): ReadRsaSignature {
  const signature = getMember(document, 'signature');
  if (signature?.kind !== 'object') return { ok: false, reason: 'signature-missing' };
  if (getStringMember(signature, 'type') !== signatureType) {
    return { ok: false, reason: 'signature-type' };
  }
  return {
    ok: true,
    creator: getStringMember(signature, 'creator'),
    created: getStringMember(signature, 'created'),
    signatureValue: getStringMember(signature, 'signatureValue') ?? '',
  };
}

/**
 * The two texts whose SHA-256 digests, one after the other, the package's signature covers: the
 * canonical signature options and the canonical document of `@context`, `type`, `id`, `actor`,
 * `object` and `published`; `undefined` where a covered member is missing.
 *
 * It is the original package's own form and not that of the Linked Data Signatures draft of the
 * same name: Python's canonical JSON stands in the place of RDF canonicalisation.
 */
export function packageTexts(
  document: JsonNode,
  { creator, created }: { readonly creator: string; readonly created: string },
): { readonly options: string; readonly document: string } | undefined {
  const covered = pickCovered(document);
  if (covered === undefined) return undefined;
  const options = jsonObject([
    ['@context', jsonString(optionsContext)],
    ['type', jsonString(signatureType)],
    ['creator', jsonString(creator)],
    ['created', jsonString(created)],
  ]);
  return { options: pythonCanonical(options), document: pythonCanonical(covered) };
}

/** The text that the older convention signs: the canonical `object` alone. */
export function objectOnlyText(document: JsonNode): string | undefined {
  const object = getMember(document, 'object');
  return object && pythonCanonical(object);
}

function pickCovered(document: JsonNode): JsonNode | undefined {
  const entries: [string, JsonNode][] = [];
  for (const key of coveredMembers) {
    const member = getMember(document, key);
    if (member === undefined) return undefined;
    entries.push([key, member]);
  }
  return jsonObject(entries);
}
