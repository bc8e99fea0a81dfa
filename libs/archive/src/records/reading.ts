import { isUtf8 } from 'node:buffer';
import { isAppError } from '@artdag/errors';
import { type JsonNode, parseLosslessJson } from '@artdag/signatures';
import type { Element } from '../json-file/element-scanner.ts';
import { parseRawMembers, type RawMembers } from '../json-file/raw-members.ts';

/** A record that can be taken, or why not. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly id: string | null; readonly reason: string };

/** Nesting that a record may have: what is composed of it is read again with the usual limit of 100. */
export const MAX_DEPTH = 90;

/** A record that cannot be taken. */
export function odd(reason: string, id: string | null = null): Reading<never> {
  return { ok: false, id, reason };
}

function shortId(key: string | null): string | null {
  return key === null ? null : key.slice(0, 128);
}

/** The members of a record that is an object. */
export function readMembers(element: Element): Reading<RawMembers> {
  const read = readRecord(element);
  return read.ok ? { ok: true, value: read.value.members } : read;
}

/** A record that is an object: its members as texts, and what they say. */
export function readRecord({
  bytes,
  key,
  length,
  isTooLong,
}: Element): Reading<{ readonly members: RawMembers; readonly node: JsonNode }> {
  if (isTooLong) return odd(`it has ${length} bytes, more than a record may have`, shortId(key));
  if (!isUtf8(bytes)) return odd('it is not UTF-8');
  const text = bytes.toString();
  if (!text.startsWith('{')) return odd('it is not an object');
  try {
    const node = parseLosslessJson(text, { maxDepth: MAX_DEPTH });
    return { ok: true, value: { members: parseRawMembers(text), node } };
  } catch (error) {
    if (isAppError(error)) return odd(`it is not JSON: ${error.message}`);
    throw error;
  }
}

/** The ordinary value of a member; numbers become doubles. */
export function plainMember(members: RawMembers, name: string): unknown {
  const text = members.get(name);
  return text === undefined ? undefined : JSON.parse(text);
}

/** The text of a member that is a well-formed string. */
export function stringMember(members: RawMembers, name: string): string | undefined {
  const value = plainMember(members, name);
  return typeof value === 'string' && value.isWellFormed() ? value : undefined;
}
