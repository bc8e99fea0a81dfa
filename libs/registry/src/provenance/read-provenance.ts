import { CONTENT_HASH_PATTERN } from '../admit-asset.ts';

/** What went into a run. */
export interface ProvenanceInput {
  readonly contentHash: string;
  /** What the run calls it. */
  readonly name?: string;
}

/** What an asset says of the run that made it. */
export interface AssetProvenance {
  readonly runId?: string;
  /** Base URL of the L1 that ran it. */
  readonly l1Server?: string;
  readonly recipe?: string;
  readonly inputs: readonly ProvenanceInput[];
}

/** Longest text that is taken over from what a stranger wrote. */
const MAX_TEXT = 2048;

/**
 * What `metadata.provenance` says, as far as it can be understood: nothing where it names neither a run
 * nor an input. Inputs are a list of hashes, a list of `{name, content_hash}`, or a map from name to hash.
 */
export function readProvenance(metadata: unknown): AssetProvenance | undefined {
  const provenance = memberOf(metadata, 'provenance');
  const runId = textOf(memberOf(provenance, 'run_id'));
  const inputs = readInputs(memberOf(provenance, 'inputs'));
  if (runId === undefined && inputs.length === 0) return undefined;
  const l1Server = textOf(memberOf(provenance, 'l1_server'));
  const told = memberOf(provenance, 'recipe');
  const recipe = textOf(told) ?? textOf(memberOf(told, 'name'));
  return {
    ...(runId !== undefined && { runId }),
    ...(l1Server !== undefined && { l1Server }),
    ...(recipe !== undefined && { recipe }),
    inputs,
  };
}

function readInputs(inputs: unknown): ProvenanceInput[] {
  const entries: [string | undefined, unknown][] = Array.isArray(inputs)
    ? inputs.map((input) => [undefined, input])
    : Object.entries(isObject(inputs) ? inputs : {});
  const known = new Map<string, ProvenanceInput>();
  for (const [key, input] of entries) {
    const contentHash = typeof input === 'string' ? input : memberOf(input, 'content_hash');
    if (typeof contentHash !== 'string' || !IS_HASH.test(contentHash)) continue;
    const name = textOf(memberOf(input, 'name')) ?? textOf(key);
    if (!known.has(contentHash))
      known.set(contentHash, { contentHash, ...(name !== undefined && { name }) });
  }
  return [...known.values()];
}

const IS_HASH = new RegExp(CONTENT_HASH_PATTERN);

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
