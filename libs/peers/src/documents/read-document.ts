import { isAppError } from '@artdag/errors';
import { findJsonHazard, type JsonNode, parseLosslessJson } from '@artdag/signatures';
import type { FetchAnswer } from '../guarded-fetch/fetch-result.ts';
import { checkPlainActivityStreams } from './check-plain-activity-streams.ts';
import { type DocumentResult, failDocument, fromStatus } from './document-result.ts';
import { isActivityMediaType } from './media-type.ts';

/** Arrays and objects that may stand in one another in a document of another server. */
const maxDepth = 32;

/** Reads the document in an answer; whether it stands where its `id` says is not looked at yet. */
export function readDocument(answer: FetchAnswer): DocumentResult {
  if (answer.status !== 200) return fromStatus(answer.status);
  const contentType = answer.headers['content-type'];
  if (!isActivityMediaType(typeof contentType === 'string' ? contentType : undefined)) {
    return failDocument('wrong-media-type', `Content-Type ${String(contentType).slice(0, 200)}`);
  }
  const node = readJson(answer.body);
  if (node === undefined) return failDocument('malformed', 'not JSON that is let in');
  const verdict = checkPlainActivityStreams(node);
  return verdict.ok ? verdict : failDocument('not-plain', `${verdict.reason}: ${verdict.detail}`);
}

/** The JSON in a body of UTF-8, unless stores or readers would stumble over it. */
export function readJson(body: Uint8Array): JsonNode | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const node = parseLosslessJson(text, { maxDepth });
    return findJsonHazard(node, { maxDepth, ignore: ['dollar-key'] }) ? undefined : node;
  } catch (error) {
    if (isAppError(error) || error instanceof TypeError) return undefined;
    throw error;
  }
}
