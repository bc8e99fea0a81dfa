import { getStringMember, type JsonNode } from '@artdag/signatures';
import { type InboxHandler, iriOf } from './incoming-activity.ts';

const MAX_OBJECTS = 100;
const MAX_CONTENT_LENGTH = 5000;

/**
 * Keeps a complaint for the operator.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-flag
 */
export const handleFlag: InboxHandler = async (activity, { store }) => {
  const { receivedId: reportId, activityIri, actorIri, host, receivedAt, object } = activity;
  const content = getStringMember(activity.document, 'content') ?? '';
  await store.reports.put({
    reportId,
    activityIri,
    actorIri,
    host,
    objectIris: listIris(object).slice(0, MAX_OBJECTS),
    content: content.slice(0, MAX_CONTENT_LENGTH).toWellFormed(),
    receivedAt,
  });
};

function listIris(node: JsonNode | undefined): string[] {
  const nodes = node?.kind === 'array' ? node.items : [node];
  return nodes.map(iriOf).filter((iri) => iri !== undefined);
}
