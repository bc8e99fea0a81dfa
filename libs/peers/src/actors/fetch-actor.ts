import { getMember, getStringMember, type JsonObject } from '@artdag/signatures';
import { failDocument } from '../documents/document-result.ts';
import { type DocumentSource, fetchDocument } from '../documents/fetch-document.ts';
import { isSameOrigin } from '../documents/is-same-origin.ts';
import type { ActorKey, RemoteActor } from './actor.ts';
import { readActor } from './read-actor.ts';
import { readKey } from './read-key.ts';
import type { ResolveFailure } from './resolve-result.ts';

/** Key documents that are fetched for one actor. */
const maxKeyDocuments = 2;

/** Outcome of fetching an actor. */
export type FetchActorResult = { readonly ok: true; readonly actor: RemoteActor } | ResolveFailure;

/** Fetches the actor at an IRI, with the keys that it keeps in documents of their own. */
export async function fetchActor(
  actorIri: string,
  source: DocumentSource,
): Promise<FetchActorResult> {
  const fetched = await fetchDocument(actorIri, source);
  return fetched.ok ? completeActor(fetched.id, fetched.document, source) : fetched;
}

/**
 * Fetches the actor that signs with a key: the document at the key's IRI is the actor, or is the
 * key and names its owner on the same origin. The owner must name the key in turn.
 */
export async function fetchActorByKey(
  keyId: string,
  source: DocumentSource,
): Promise<FetchActorResult> {
  const fetched = await fetchDocument(keyId, source);
  if (!fetched.ok) return fetched;
  const { id, document } = fetched;
  if (getMember(document, 'inbox') !== undefined) return completeActor(id, document, source);
  const owner = getStringMember(document, 'owner') ?? getStringMember(document, 'controller');
  if (owner === undefined) return failDocument('not-an-actor', `${id} is no actor and no key`);
  if (!isSameOrigin(owner, id)) {
    return failDocument('owner-elsewhere', `${id} claims an owner on another origin`);
  }
  return fetchActor(owner, source);
}

async function completeActor(
  id: string,
  document: JsonObject,
  source: DocumentSource,
): Promise<FetchActorResult> {
  const read = readActor(id, document);
  if (!read.ok) return read;
  const keys: ActorKey[] = [...read.actor.keys];
  for (const keyId of read.keyReferences.slice(0, maxKeyDocuments)) {
    const fetched = await fetchDocument(keyId, source);
    const key = fetched.ok ? readKey(fetched.document, id) : undefined;
    if (key?.keyId === keyId) keys.push(key);
  }
  return { ok: true, actor: { ...read.actor, keys } };
}
