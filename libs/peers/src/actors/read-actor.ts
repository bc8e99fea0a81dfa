import { ED25519_CAPABILITY } from '@artdag/activitypub';
import { getMember, getStringMember, type JsonNode, type JsonObject } from '@artdag/signatures';
import { type DocumentFailure, failDocument } from '../documents/document-result.ts';
import { isSameOrigin } from '../documents/is-same-origin.ts';
import type { ActorKey, RemoteActor } from './actor.ts';
import { readKey } from './read-key.ts';

const actorTypes = new Set(['Person', 'Service', 'Application', 'Group', 'Organization']);
const maxKeys = 10;
const maxAliases = 20;
const maxCapabilities = 50;
const maxNameLength = 500;

/** Outcome of {@link readActor}. */
export type ReadActorResult =
  | {
      readonly ok: true;
      readonly actor: RemoteActor;
      /** Keys that the actor names without showing them: documents of their own. */
      readonly keyReferences: readonly string[];
    }
  | DocumentFailure<'not-an-actor' | 'inbox-elsewhere'>;

/**
 * Reads an actor from a plain document that came from where its `id` says. Its inbox must be on
 * the origin of the actor, or we would be made to post to others; what else lies elsewhere is
 * left out, and of keys all that {@link readKey} does not accept.
 *
 * @see https://www.w3.org/TR/activitypub/#actor-objects
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/844e/fep-844e.md
 */
export function readActor(id: string, document: JsonObject): ReadActorResult {
  const type = listOf(getMember(document, 'type')).map(textOf).find(isActorType);
  if (type === undefined) return failDocument('not-an-actor', `${id} is of another type`);
  const onOrigin = (iri: string | undefined) =>
    iri !== undefined && isSameOrigin(iri, id) ? iri : undefined;
  const inbox = onOrigin(getStringMember(document, 'inbox'));
  if (inbox === undefined) {
    return failDocument('inbox-elsewhere', `${id} has no inbox on its own origin`);
  }
  const sharedInbox = getStringMember(getMember(document, 'endpoints'), 'sharedInbox');
  const { keys, keyReferences } = readKeys(id, document);
  const actor = {
    id,
    type,
    inbox,
    ...present('sharedInbox', onOrigin(sharedInbox)),
    ...present('followers', onOrigin(getStringMember(document, 'followers'))),
    ...present('preferredUsername', shortText(document, 'preferredUsername')),
    ...present('name', shortText(document, 'name')),
    ...present('movedTo', getStringMember(document, 'movedTo')),
    alsoKnownAs: textsOf(getMember(document, 'alsoKnownAs')).slice(0, maxAliases),
    keys,
    ...(declaresEd25519(document) && { declaresEd25519: true as const }),
  };
  return { ok: true, actor, keyReferences };
}

function readKeys(id: string, document: JsonObject) {
  const members = [
    ...listOf(getMember(document, 'publicKey')),
    ...listOf(getMember(document, 'assertionMethod')),
  ].slice(0, maxKeys);
  const keys: ActorKey[] = [];
  for (const member of members) {
    const key = readKey(member, id);
    if (key && !keys.some(({ keyId }) => keyId === key.keyId)) keys.push(key);
  }
  const references = members.map(textOf).filter((iri) => iri !== undefined);
  return { keys, keyReferences: references.filter((iri) => isSameOrigin(iri, id)) };
}

function declaresEd25519(document: JsonObject): boolean {
  const capabilities = getMember(getMember(document, 'generator'), 'implements');
  return listOf(capabilities)
    .slice(0, maxCapabilities)
    .some((item) => (textOf(item) ?? getStringMember(item, 'href')) === ED25519_CAPABILITY);
}

function isActorType(type: string | undefined): type is string {
  return type !== undefined && actorTypes.has(type);
}

function listOf(node: JsonNode | undefined): readonly JsonNode[] {
  if (node === undefined) return [];
  return node.kind === 'array' ? node.items : [node];
}

function textOf(node: JsonNode): string | undefined {
  return node.kind === 'string' ? node.value : undefined;
}

function textsOf(node: JsonNode | undefined): string[] {
  return listOf(node)
    .map(textOf)
    .filter((text) => text !== undefined);
}

function shortText(document: JsonObject, key: string): string | undefined {
  return getStringMember(document, key)?.slice(0, maxNameLength).toWellFormed();
}

function present<Key extends string>(
  key: Key,
  value: string | undefined,
): Partial<Record<Key, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, string>);
}
