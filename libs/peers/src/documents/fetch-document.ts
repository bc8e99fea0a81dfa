import { ACTIVITY_JSON, LD_JSON_ACTIVITY } from '@artdag/activitypub';
import type { Fetch, SignHop } from '../guarded-fetch/fetch-request.ts';
import { type DocumentResult, failDocument, fromFetchFailure } from './document-result.ts';
import { isSameOrigin } from './is-same-origin.ts';
import { readDocument } from './read-document.ts';

/** How documents are asked for. */
export interface DocumentSource {
  readonly fetch: Fetch;
  /** Signs the GET, for servers that answer to signed ones only. */
  readonly signHop?: SignHop;
}

/**
 * Fetches a document of another server and believes it only where it stands: its `id` must be the
 * URL that answered. One that names another place on the same origin is fetched once more from
 * there; one that names another origin is refused.
 *
 * @see https://www.w3.org/TR/activitypub/#obj
 */
export async function fetchDocument(iri: string, source: DocumentSource): Promise<DocumentResult> {
  const first = await ask(iri, source);
  if (!first.ok || isSamePlace(first.id, first.finalUrl)) return withoutUrl(first);
  if (!isSameOrigin(first.id, first.finalUrl)) {
    return failDocument('id-mismatch', `${first.finalUrl} claims to be ${first.id}`);
  }
  const second = await ask(first.id, source);
  if (!second.ok || (isSamePlace(second.id, second.finalUrl) && second.id === first.id)) {
    return withoutUrl(second);
  }
  return failDocument('id-mismatch', `${second.finalUrl} claims to be ${second.id}`);
}

async function ask(iri: string, { fetch, signHop }: DocumentSource) {
  const accept = `${ACTIVITY_JSON}, ${LD_JSON_ACTIVITY}`;
  const answer = await fetch({
    url: iri,
    method: 'GET',
    headers: { accept },
    ...(signHop === undefined ? {} : { signHop }),
  });
  if (!answer.ok) return fromFetchFailure(answer);
  const result = readDocument(answer);
  return result.ok ? { ...result, finalUrl: answer.finalUrl } : result;
}

function withoutUrl(result: DocumentResult): DocumentResult {
  return result.ok ? { ok: true, id: result.id, document: result.document } : result;
}

/** The fragment apart: it names a part of the document. */
function isSamePlace(id: string, finalUrl: string): boolean {
  const url = new URL(id);
  url.hash = '';
  return url.href === finalUrl;
}
