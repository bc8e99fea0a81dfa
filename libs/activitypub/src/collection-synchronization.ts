import { createHash } from 'node:crypto';

/**
 * What a server says of an actor's followers at another server.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md
 */
export interface CollectionSynchronization {
  /** IRI of the actor's followers. */
  readonly collectionId: string;
  /** URL of those of them who are of the receiving server. */
  readonly url: string;
  /** Their digest, in lower-case hex. */
  readonly digest: string;
}

const NAMES = ['collectionId', 'url', 'digest'] as const;
const MAX_LENGTH = 4096;
const parameterPattern = /\s*([A-Za-z]+)="([^"\\]*)"\s*(?:,|$)/y;

/**
 * The XOR of the SHA-256 of each IRI, each counted once, in lower-case hex; zeros for none.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md#partial-follower-collection-digest
 */
export function digestFollowers(actorIris: Iterable<string>): string {
  const sum = Buffer.alloc(32);
  for (const iri of new Set(actorIris)) {
    const hash = createHash('sha256').update(iri).digest();
    for (let index = 0; index < sum.length; index += 1) {
      sum.writeUInt8(sum.readUInt8(index) ^ hash.readUInt8(index), index);
    }
  }
  return sum.toString('hex');
}

/**
 * The value of a `Collection-Synchronization` header field.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md#the-collection-synchronization-http-header
 */
export function buildCollectionSynchronization(value: CollectionSynchronization): string {
  return NAMES.map((name) => `${name}="${value[name]}"`).join(', ');
}

/** Reads a `Collection-Synchronization` header field; nothing where a parameter is missing, twice there or malformed. */
export function parseCollectionSynchronization(
  field: string,
): CollectionSynchronization | undefined {
  if (field.length > MAX_LENGTH) return undefined;
  const parameters = new Map<string, string>();
  let position = 0;
  while (position < field.length) {
    parameterPattern.lastIndex = position;
    const [match, name, value] = parameterPattern.exec(field) ?? [];
    if (match === undefined || name === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value ?? '');
    position += match.length;
  }
  const [collectionId, url, digest] = NAMES.map((name) => parameters.get(name));
  if (!collectionId || !url || !digest || !/^[0-9a-f]{64}$/i.test(digest)) return undefined;
  return { collectionId, url, digest: digest.toLowerCase() };
}
