import type { JsonNode, JsonObject } from './json-node.ts';

/** The member of an object, or `undefined` where there is no such member or no object. */
export function getMember(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.entries.get(key) : undefined;
}

/** The text of a member that is a string, else `undefined`. */
export function getStringMember(node: JsonNode | undefined, key: string): string | undefined {
  const member = getMember(node, key);
  return member?.kind === 'string' ? member.value : undefined;
}

/** A copy of the object with the member set: in its old place if it had one, else last. */
export function withMember(object: JsonObject, key: string, member: JsonNode): JsonObject {
  return { kind: 'object', entries: new Map(object.entries).set(key, member) };
}

/** A copy of the object without the member. */
export function withoutMember(object: JsonObject, key: string): JsonObject {
  const entries = new Map(object.entries);
  entries.delete(key);
  return { kind: 'object', entries };
}
