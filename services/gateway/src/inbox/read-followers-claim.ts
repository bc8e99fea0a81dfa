import {
  type CollectionSynchronization,
  parseCollectionSynchronization,
} from '@artdag/activitypub';
import { isSameOrigin } from '@artdag/peers';
import type { HttpSignature, RequestHead } from '@artdag/signatures';

const HEADER = 'collection-synchronization';

/**
 * What an actor's server says of his followers here. One that the signature does not cover, or that
 * would have us ask another server, is as if it were not there: it is no reason to refuse a post.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md#on-the-receiving-end
 */
export function readFollowersClaim(
  { headers }: RequestHead,
  { covered }: Pick<HttpSignature, 'covered'>,
  actorIri: string,
): CollectionSynchronization | undefined {
  const field = headers[HEADER];
  if (typeof field !== 'string' || !covered.has(HEADER)) return undefined;
  const claim = parseCollectionSynchronization(field);
  const areHis = [claim?.collectionId, claim?.url].every(
    (iri) => iri !== undefined && isSameOrigin(iri, actorIri),
  );
  return areHis ? claim : undefined;
}
