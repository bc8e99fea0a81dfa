import { getMember, type JsonNode } from '@artdag/signatures';
import { isKnownContext } from './known-contexts.ts';
import { findSpellings } from './known-terms.ts';

const maxContexts = 30;
const harmlessKeywords = new Set(['@vocab', '@language', '@direction', '@version', '@protected']);
const harmlessInDefinition = new Set([
  '@id',
  '@type',
  '@container',
  '@language',
  '@direction',
  '@protected',
  '@prefix',
  // Written by mistake for `@id` and `@type` by Lemmy; without meaning in JSON-LD.
  'id',
  'type',
]);
const harmlessContainers = new Set(['@list', '@set', '@language', '@index']);

/**
 * The first part of an `@context` by which JSON-LD would read a document otherwise than it stands:
 * an unknown context, a remapped term, an alias of a keyword, a definition with a graph, a reverse
 * or a context of its own. `undefined` where there is none.
 *
 * @see https://www.w3.org/TR/json-ld11/#context-definitions
 */
export function findContextFault(context: JsonNode): string | undefined {
  const parts = context.kind === 'array' ? context.items : [context];
  if (parts.length > maxContexts) return 'too many contexts';
  for (const part of parts) {
    const fault = judgePart(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function judgePart(part: JsonNode): string | undefined {
  if (part.kind === 'string') {
    return isKnownContext(part.value) ? undefined : `unknown context ${part.value.slice(0, 200)}`;
  }
  if (part.kind !== 'object') return `a context that is ${part.kind}`;
  for (const [term, definition] of part.entries) {
    if (harmlessKeywords.has(term)) continue;
    if (term.startsWith('@')) return `context with ${term}`;
    if (!isHarmlessDefinition(term, definition)) return `remapped term ${term.slice(0, 200)}`;
  }
  return undefined;
}

function isHarmlessDefinition(term: string, definition: JsonNode): boolean {
  const iri = definition.kind === 'object' ? getMember(definition, '@id') : definition;
  if (definition.kind === 'object' && !isHarmlessExpanded(definition)) return false;
  const meaning = iri?.kind === 'string' ? iri.value : undefined;
  const spellings = findSpellings(term);
  if (spellings !== undefined) return meaning !== undefined && spellings.includes(meaning);
  return meaning === undefined || !meaning.startsWith('@');
}

function isHarmlessExpanded(definition: JsonNode & { readonly kind: 'object' }): boolean {
  for (const [key, value] of definition.entries) {
    if (!harmlessInDefinition.has(key)) return false;
    if (key === '@container' && !isHarmlessContainer(value)) return false;
  }
  return true;
}

function isHarmlessContainer(value: JsonNode): boolean {
  const containers = value.kind === 'array' ? value.items : [value];
  return containers.every((item) => item.kind === 'string' && harmlessContainers.has(item.value));
}
