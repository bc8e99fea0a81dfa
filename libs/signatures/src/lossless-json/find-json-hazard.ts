import type { JsonNode } from './json-node.ts';

/** Why a JSON value is not let in. */
export type JsonHazardReason =
  | 'proto-key'
  | 'dollar-key'
  | 'null-in-key'
  | 'lone-surrogate'
  | 'number-range'
  | 'too-deep';

/** The first hazard of a value and where it stands (RFC 6901). */
export interface JsonHazard {
  readonly pointer: string;
  readonly reason: JsonHazardReason;
}

/** What {@link findJsonHazard} minds. */
export interface FindJsonHazardOptions {
  /** Arrays and objects that may stand in one another; 32 by default. */
  readonly maxDepth?: number;
  /** Reasons to let pass. */
  readonly ignore?: readonly JsonHazardReason[];
}

/**
 * The first thing, in the order of the text, that stores or other readers would stumble over, or
 * `undefined`: a key `__proto__`, beginning with `$` or holding U+0000, a lone surrogate in a key
 * or string, a number beyond the doubles, nesting beyond `maxDepth`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 * @see https://www.rfc-editor.org/rfc/rfc7493#section-2 (I-JSON)
 */
export function findJsonHazard(
  node: JsonNode,
  options: FindJsonHazardOptions = {},
): JsonHazard | undefined {
  return walk(node, '', { maxDepth: options.maxDepth ?? 32, ignore: new Set(options.ignore) });
}

interface Limits {
  readonly maxDepth: number;
  readonly ignore: ReadonlySet<JsonHazardReason>;
}

function walk(node: JsonNode, pointer: string, limits: Limits): JsonHazard | undefined {
  const reason = judgeValue(node, limits.maxDepth);
  if (reason !== undefined && !limits.ignore.has(reason)) return { pointer, reason };
  const inner = { ...limits, maxDepth: limits.maxDepth - 1 };
  if (node.kind === 'array') return walkItems(node.items, pointer, inner);
  if (node.kind === 'object') return walkMembers(node.entries, pointer, inner);
  return undefined;
}

function walkItems(items: readonly JsonNode[], pointer: string, limits: Limits) {
  for (const [index, item] of items.entries()) {
    const hazard = walk(item, `${pointer}/${index}`, limits);
    if (hazard !== undefined) return hazard;
  }
  return undefined;
}

function walkMembers(entries: ReadonlyMap<string, JsonNode>, pointer: string, limits: Limits) {
  for (const [key, member] of entries) {
    const memberPointer = `${pointer}/${escapeToken(key)}`;
    const reason = judgeKey(key);
    if (reason !== undefined && !limits.ignore.has(reason))
      return { pointer: memberPointer, reason };
    const hazard = walk(member, memberPointer, limits);
    if (hazard !== undefined) return hazard;
  }
  return undefined;
}

function judgeValue(node: JsonNode, depthLeft: number): JsonHazardReason | undefined {
  switch (node.kind) {
    case 'object':
    case 'array':
      return depthLeft < 1 ? 'too-deep' : undefined;
    case 'string':
      return node.value.isWellFormed() ? undefined : 'lone-surrogate';
    case 'number':
      return Number.isFinite(Number(node.lexeme)) ? undefined : 'number-range';
    default:
      return undefined;
  }
}

function judgeKey(key: string): JsonHazardReason | undefined {
  if (key === '__proto__') return 'proto-key';
  if (key.startsWith('$')) return 'dollar-key';
  if (key.includes('\0')) return 'null-in-key';
  return key.isWellFormed() ? undefined : 'lone-surrogate';
}

function escapeToken(key: string): string {
  return key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
}
