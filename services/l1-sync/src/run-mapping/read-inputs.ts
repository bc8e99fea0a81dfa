import { CONTENT_HASH_PATTERN } from '@artdag/registry';
import { getStringMember, type JsonNode } from '@artdag/signatures';
import type { RunInput } from '@artdag/store';

const hashPattern = new RegExp(CONTENT_HASH_PATTERN);

/**
 * What a run has read, each hash once: from a list of hashes, a list of `{name, content_hash}`, or a
 * map from name to hash. What is none of these is left out.
 */
export function readInputs(inputs: JsonNode | undefined): RunInput[] {
  const read = new Map<string, RunInput>();
  for (const { name, contentHash } of namedHashes(inputs)) {
    if (contentHash === undefined || !hashPattern.test(contentHash)) continue;
    if (read.has(contentHash)) continue;
    read.set(contentHash, { ...(name !== undefined && { name }), contentHash });
  }
  return [...read.values()];
}

interface NamedHash {
  readonly name?: string | undefined;
  readonly contentHash: string | undefined;
}

function namedHashes(inputs: JsonNode | undefined): NamedHash[] {
  if (inputs?.kind === 'array') return inputs.items.map((item) => namedHash(undefined, item));
  if (inputs?.kind === 'object')
    return [...inputs.entries].map(([name, item]) => namedHash(name, item));
  return [];
}

function namedHash(name: string | undefined, item: JsonNode): NamedHash {
  if (item.kind === 'string') return { name, contentHash: item.value };
  return {
    name: getStringMember(item, 'name') ?? name,
    contentHash: getStringMember(item, 'content_hash'),
  };
}
