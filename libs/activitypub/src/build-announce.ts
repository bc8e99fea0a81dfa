import { type ActivitySource, composeActivity } from './activity-text.ts';
import type { Iris } from './iris.ts';

/** What an Announce is made from. */
export interface AnnounceSource extends ActivitySource {
  /** IRI of the object that is shared. */
  readonly objectIri: string;
}

/**
 * The JSON text of an unsigned Announce: a share of an object.
 *
 * @see https://www.w3.org/TR/activitypub/#announce-activity-inbox
 */
export function buildAnnounce(source: AnnounceSource, iris: Iris): string {
  return composeActivity('Announce', source, JSON.stringify(source.objectIri), iris);
}
