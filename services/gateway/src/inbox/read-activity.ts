import { isUtf8 } from 'node:buffer';
import { isAppError } from '@artdag/errors';
import { checkPlainActivityStreams } from '@artdag/peers';
import { hostOfIri } from '@artdag/registry';
import {
  findJsonHazard,
  getMember,
  getStringMember,
  type JsonNode,
  type JsonObject,
  parseLosslessJson,
} from '@artdag/signatures';
import { type RefusedPost, refusePost } from './inbox-outcome.ts';

/** What the decision looks at in an activity. */
export interface PostedActivity {
  readonly kind: 'read';
  readonly activityIri: string;
  readonly type: string;
  readonly actorIri: string;
  /** Host of the actor, as it is blocked by. */
  readonly host: string;
  readonly document: JsonObject;
  /** The body as it came. */
  readonly text: string;
}

const MAX_DEPTH = 32;
const MAX_IRI_LENGTH = 2048;
const MAX_TYPE_LENGTH = 64;

/** Reads a body as one plain activity of one actor. */
export function readActivity(body: Buffer): PostedActivity | RefusedPost {
  if (!isUtf8(body)) return refusePost('json-malformed', { detail: 'not UTF-8' });
  const text = body.toString('utf8');
  const node = parse(text);
  if ('reason' in node) return node;
  const plain = checkPlainActivityStreams(node);
  if (!plain.ok) return malformed(plain.detail);
  const { id: activityIri, document } = plain;
  const type = getStringMember(document, 'type');
  const actorIri = idOf(getMember(document, 'actor'));
  if (type === undefined || type.length > MAX_TYPE_LENGTH) return malformed('type');
  if (activityIri.length > MAX_IRI_LENGTH) return malformed('id');
  const host = actorIri === undefined ? undefined : hostOfIri(actorIri);
  if (actorIri === undefined || host === undefined || actorIri.length > MAX_IRI_LENGTH) {
    return malformed('actor');
  }
  return { kind: 'read', activityIri, type, actorIri, host, document, text };
}

function parse(text: string): JsonNode | RefusedPost {
  try {
    const node = parseLosslessJson(text, { maxDepth: MAX_DEPTH });
    const hazard = findJsonHazard(node, { maxDepth: MAX_DEPTH, ignore: ['dollar-key'] });
    return hazard ? refusePost('json-malformed', { detail: hazard.reason }) : node;
  } catch (error) {
    if (isAppError(error)) return refusePost('json-malformed', { detail: error.message });
    throw error;
  }
}

function malformed(detail: string): RefusedPost {
  return refusePost('activity-malformed', { detail });
}

/** An IRI that stands for itself, or in the object that it names. */
function idOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : getStringMember(node, 'id');
}
