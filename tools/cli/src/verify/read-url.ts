import { AppError, isAppError } from '@artdag/errors';
import {
  getMember,
  getStringMember,
  type JsonNode,
  parseLosslessJson,
  stringifyLossless,
} from '@artdag/signatures';
import { type Answer, type Ask, findLink } from '@artdag/verification';

/** The texts of the activities that an address is about. */
export interface UrlTarget {
  /** Origin of the server that is being checked. */
  readonly server: string;
  readonly texts: AsyncIterable<string>;
  /** Whether it is a list of activities, and not one. */
  readonly isList: boolean;
}

const ACCEPT = 'application/activity+json, application/json;q=0.9';
const MAX_PAGES = 500;

/**
 * Finds what is to be verified at the address of an activity, an asset, an object or an actor.
 *
 * @throws AppError `not-found`, `gone`, `unavailable`, or `malformed-request` where it is none of
 *   these.
 */
export async function readUrl(address: string, ask: Ask): Promise<UrlTarget> {
  const answer = await get(address, ask);
  const document = parse(answer);
  const server = new URL(answer.url).origin;
  const one = (text: string) => ({ server, texts: listOne(text), isList: false });
  if (getMember(document, 'actor') && getMember(document, 'object')) return one(answer.text);
  const iri = findActivityIri(document, answer, server);
  if (iri !== undefined) return one((await get(iri, ask)).text);
  const outbox = getStringMember(document, 'outbox');
  if (outbox !== undefined) return { server, texts: readOutbox(outbox, ask), isList: true };
  throw new AppError(
    'malformed-request',
    `${address} is no activity, asset, object or actor. Give the address of one of these.`,
  );
}

/** The Create that stands behind an asset or an object. */
function findActivityIri(document: JsonNode, { link, url }: Answer, server: string) {
  if (getMember(document, 'content_hash')) {
    const activityId = getStringMember(document, 'activity_id');
    if (activityId !== undefined) return `${server}/activities/${encodeURIComponent(activityId)}`;
    throw new AppError('not-found', `${url} has no claim yet that could be verified.`);
  }
  return getMember(document, 'contentHash') ? findLink(link, 'via') : undefined;
}

async function* listOne(text: string) {
  yield text;
}

async function* readOutbox(outbox: string, ask: Ask): AsyncGenerator<string> {
  const { origin } = new URL(outbox);
  let next: string | undefined = outbox;
  for (let page = 0; next !== undefined; page += 1) {
    if (URL.parse(next)?.origin !== origin)
      throw new AppError('malformed-request', `${outbox} goes on at another server: ${next}`);
    if (page === MAX_PAGES)
      throw new AppError('too-large', `${outbox} has more than ${MAX_PAGES} pages.`);
    const collection = parse(await get(next, ask));
    const items = getMember(collection, 'orderedItems');
    for (const item of items?.kind === 'array' ? items.items : []) {
      yield item.kind === 'string' ? (await get(item.value, ask)).text : stringifyLossless(item);
    }
    next = getStringMember(collection, 'next') ?? getStringMember(collection, 'first');
  }
}

async function get(url: string, ask: Ask): Promise<Answer> {
  const answer = await ask(url, ACCEPT);
  if ('failed' in answer) throw new AppError('unavailable', `${url}: ${answer.failed}`);
  if (answer.status === 200) return answer;
  if (answer.status === 410) throw new AppError('gone', `${url} was withdrawn.`);
  const code = answer.status === 404 ? 'not-found' : 'unavailable';
  throw new AppError(code, `${url} answered ${answer.status}.`);
}

function parse({ text, url }: Answer): JsonNode {
  try {
    return parseLosslessJson(text);
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    throw new AppError('malformed-request', `${url} is not JSON.`, { cause });
  }
}
