import { JRD_JSON } from '@artdag/activitypub';
import { getMember, getStringMember, type JsonNode } from '@artdag/signatures';
import { failDocument, fromFetchFailure, fromStatus } from '../documents/document-result.ts';
import { isActivityMediaType } from '../documents/media-type.ts';
import { readJson } from '../documents/read-document.ts';
import type { Fetch } from '../guarded-fetch/fetch-request.ts';
import { type Handle, parseHandle } from './parse-handle.ts';
import type { ResolveFailure } from './resolve-result.ts';

const jrdTypes = new Set([JRD_JSON, 'application/json']);

/** What WebFinger says of a handle. */
export type WebfingerResult =
  | { readonly ok: true; readonly handle: Handle; readonly actorIri: string }
  | ResolveFailure;

/** How WebFinger is asked. */
export interface WebfingerSource {
  readonly fetch: Fetch;
  /** `host:port` that is asked by http, in development. */
  readonly insecureHosts: readonly string[];
}

/**
 * Asks a server which actor a handle is. Where the answer is about another subject, that subject's
 * own server must say the same: a server cannot hand out names of others.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7033#section-4
 * @see https://swicg.github.io/activitypub-webfinger/
 */
export async function fetchWebfinger(
  handle: Handle,
  source: WebfingerSource,
): Promise<WebfingerResult> {
  const first = await ask(handle, source);
  if (!first.ok || isSameHandle(first.handle, handle)) return first;
  const second = await ask(first.handle, source);
  if (!second.ok) return second;
  if (isSameHandle(second.handle, first.handle) && second.actorIri === first.actorIri)
    return second;
  return failDocument('subject-mismatch', `${handle.acct} is called ${first.handle.acct}`);
}

async function ask(handle: Handle, source: WebfingerSource): Promise<WebfingerResult> {
  const scheme = source.insecureHosts.includes(handle.host) ? 'http' : 'https';
  const resource = encodeURIComponent(handle.acct);
  const answer = await source.fetch({
    url: `${scheme}://${handle.host}/.well-known/webfinger?resource=${resource}`,
    method: 'GET',
    headers: { accept: JRD_JSON },
  });
  if (!answer.ok) return fromFetchFailure(answer);
  if (answer.status !== 200) return fromStatus(answer.status);
  const contentType = String(answer.headers['content-type']).split(';')[0]?.trim().toLowerCase();
  if (contentType === undefined || !jrdTypes.has(contentType)) {
    return failDocument('wrong-media-type', `Content-Type ${contentType}`);
  }
  const jrd = readJson(answer.body);
  return jrd === undefined ? failDocument('malformed', 'no JSON that is let in') : readJrd(jrd);
}

function readJrd(jrd: JsonNode): WebfingerResult {
  const handle = parseHandle(getStringMember(jrd, 'subject') ?? '');
  if (handle === undefined) return failDocument('subject-mismatch', 'the subject is no handle');
  const links = getMember(jrd, 'links');
  const self = links?.kind === 'array' ? links.items.find(isSelfLink) : undefined;
  const actorIri = getStringMember(self, 'href');
  if (actorIri === undefined)
    return failDocument('self-link-missing', `${handle.acct} has no actor`);
  return { ok: true, handle, actorIri };
}

function isSelfLink(link: JsonNode): boolean {
  return (
    getStringMember(link, 'rel') === 'self' && isActivityMediaType(getStringMember(link, 'type'))
  );
}

function isSameHandle(one: Handle, other: Handle): boolean {
  return one.acct.toLowerCase() === other.acct.toLowerCase();
}
