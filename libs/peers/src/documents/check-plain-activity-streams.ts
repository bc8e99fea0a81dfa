import type { JsonNode, JsonObject } from '@artdag/signatures';
import { findContextFault } from './check-context.ts';
import { isLongActivityTerm, isLongSecurityTerm } from './known-terms.ts';

/** Why a document may mean another thing to a JSON-LD processor than it says. */
export type PlainFaultReason =
  | 'not-an-object'
  | 'id-missing'
  | 'id-not-text'
  | 'keyword'
  | 'long-form-term'
  | 'context';

/** Outcome of {@link checkPlainActivityStreams}. */
export type PlainVerdict =
  | { readonly ok: true; readonly id: string; readonly document: JsonObject }
  | { readonly ok: false; readonly reason: PlainFaultReason; readonly detail: string };

/** Of the keywords of JSON-LD, those that neither name, type nor move anything. */
const harmlessKeywords = new Set(['@value', '@language', '@direction']);

/**
 * Whether a document can be read as plain JSON: it has an absolute `id` and says what its terms
 * say under contexts that are known and do not remap them. `@graph`, `@included`, `@reverse` and
 * other keywords that restructure are refused wherever they stand, as is an `id` in an array.
 *
 * The depth of the document must be capped by whoever parsed it.
 *
 * @see https://www.w3.org/TR/activitystreams-core/#jsonld
 * @see https://www.w3.org/TR/json-ld11/#keywords
 */
export function checkPlainActivityStreams(node: JsonNode): PlainVerdict {
  if (node.kind !== 'object') return { ok: false, reason: 'not-an-object', detail: node.kind };
  const id = node.entries.get('id');
  if (id === undefined) return { ok: false, reason: 'id-missing', detail: 'no id' };
  if (id.kind !== 'string' || !/^https?:$/.test(URL.parse(id.value)?.protocol ?? '')) {
    return { ok: false, reason: 'id-not-text', detail: 'an id that is no absolute IRI' };
  }
  const fault = findLongSecurityTerm(node) ?? findFault(node);
  return fault === undefined ? { ok: true, id: id.value, document: node } : { ok: false, ...fault };
}

type Fault = { readonly reason: PlainFaultReason; readonly detail: string };

/**
 * Keys and proofs are read at the top of a document only. Deeper down, where an actor is embedded
 * under the context of an activity, servers write their names in long form, and nobody reads them.
 */
function findLongSecurityTerm({ entries }: JsonObject): Fault | undefined {
  const detail = [...entries.keys()].find(isLongSecurityTerm);
  return detail === undefined ? undefined : { reason: 'long-form-term', detail };
}

function findFault(node: JsonNode): Fault | undefined {
  if (node.kind === 'array') return firstFault(node.items, findFault);
  if (node.kind === 'object') return firstFault(node.entries, judgeMember);
  return undefined;
}

function firstFault<T>(parts: Iterable<T>, judge: (part: T) => Fault | undefined) {
  for (const part of parts) {
    const fault = judge(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function judgeMember([key, value]: readonly [string, JsonNode]): Fault | undefined {
  if (key === '@context') {
    const detail = findContextFault(value);
    return detail === undefined ? undefined : { reason: 'context', detail };
  }
  if (key.startsWith('@') && !harmlessKeywords.has(key)) return { reason: 'keyword', detail: key };
  if (isLongActivityTerm(key)) return { reason: 'long-form-term', detail: key };
  if (key === 'id' && (value.kind === 'array' || value.kind === 'object')) {
    return { reason: 'id-not-text', detail: `an id that is an ${value.kind}` };
  }
  return findFault(value);
}
