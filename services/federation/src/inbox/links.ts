import { getMember, type JsonNode, type JsonObject } from '@artdag/signatures';
import { iriOf } from './incoming-activity.ts';

const LINKS = ['object', 'inReplyTo', 'target', 'tag'];
const MAX_DEPTH = 3;
const MAX_ITEMS = 50;

/** IRIs in `to`, `cc` and `audience`. */
export function findAddressees(document: JsonObject): string[] {
  return ['to', 'cc', 'audience'].flatMap((name) => irisOf(getMember(document, name)));
}

/**
 * IRIs of what an activity is about: its object, what that replies to, targets and tags, and what
 * these are about in turn.
 *
 * @see https://www.w3.org/TR/activitypub/#inbox-forwarding
 */
export function findLinks(node: JsonNode, depth = MAX_DEPTH): string[] {
  if (depth === 0 || node.kind !== 'object') return [];
  return LINKS.flatMap((name) => {
    const member = getMember(node, name);
    return [...irisOf(member), ...listOf(member).flatMap((item) => findLinks(item, depth - 1))];
  });
}

function irisOf(node: JsonNode | undefined): string[] {
  return listOf(node)
    .map(iriOf)
    .filter((iri) => iri !== undefined);
}

function listOf(node: JsonNode | undefined): readonly JsonNode[] {
  if (node === undefined) return [];
  return node.kind === 'array' ? node.items.slice(0, MAX_ITEMS) : [node];
}
