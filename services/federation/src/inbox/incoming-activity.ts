import type { Fetch } from '@artdag/peers';
import type { JobOutcome } from '@artdag/queues';
import {
  getMember,
  getStringMember,
  type JsonNode,
  type JsonObject,
  parseLosslessJson,
} from '@artdag/signatures';
import type { StoredActivity } from '@artdag/store';
import type { FederationContext } from '../context.ts';

/** An activity of a peer whose actor is known to have made it. */
export interface IncomingActivity {
  readonly receivedId: string;
  readonly activityIri: string;
  readonly actorIri: string;
  readonly host: string;
  /** Whose inbox it came to; null for the shared one. */
  readonly username: string | null;
  readonly receivedAt: Date;
  readonly followersClaim?: StoredActivity['followersClaim'];
  readonly document: JsonObject;
  readonly object: JsonNode | undefined;
  /** IRI of the object, whether it stands there or is only named. */
  readonly objectIri: string | undefined;
}

/** What handlers work with; `fetch` asks peers at most twenty times for one activity. */
export type InboxContext = Pick<
  FederationContext,
  'store' | 'producer' | 'resolver' | 'signHop' | 'iris' | 'now'
> & { readonly fetch: Fetch };

/** What an activity of one type changes here. A second run changes nothing. */
export type InboxHandler = (
  activity: IncomingActivity,
  context: InboxContext,
) => Promise<JobOutcome>;

/** Reads a stored activity, which the gateway has checked to be an object. */
export function readIncoming({ body, ...stored }: StoredActivity): IncomingActivity | undefined {
  const document = parseLosslessJson(body);
  if (document.kind !== 'object') return undefined;
  const object = getMember(document, 'object');
  return { ...stored, document, object, objectIri: iriOf(object) };
}

/** An IRI that stands for itself, or in the object that it names. */
export function iriOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : getStringMember(node, 'id');
}
