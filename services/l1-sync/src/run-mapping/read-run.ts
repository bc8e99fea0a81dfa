import { ASSET_LIMITS } from '@artdag/registry';
import {
  findJsonHazard,
  getMember,
  getStringMember,
  type JsonNode,
  parseLosslessJson,
} from '@artdag/signatures';
import type { RunResult } from '@artdag/store';
import { buildProvenance, type RunSource } from './build-provenance.ts';
import { readInputs } from './read-inputs.ts';
import { readAssetType, readOutputHash, readRecipe } from './read-output.ts';

/** What the document of a run says. */
export type RunReading =
  | { readonly kind: 'finished'; readonly result: Omit<RunResult, 'readAt'> }
  | { readonly kind: 'unfinished'; readonly status: string }
  /** It has failed, or nothing came of it that could be registered. */
  | { readonly kind: 'failed'; readonly detail: string }
  /** This is no run. */
  | { readonly kind: 'unusable'; readonly detail: string };

const DONE: ReadonlySet<string> = new Set(['completed', 'complete', 'success']);
const FAILED: ReadonlySet<string> = new Set([
  ...['failed', 'failure', 'error', 'errored'],
  ...['cancelled', 'canceled', 'aborted', 'timeout'],
]);
const MAX_INPUTS = 1000;

/** Reads the document of a run in any of the forms that L1s have written. */
export function readRun(text: string, source: RunSource): RunReading {
  const run = parse(text);
  if (run?.kind !== 'object') return { kind: 'unusable', detail: 'its answer is no JSON object' };
  const status = getStringMember(run, 'status')?.trim().toLowerCase() ?? 'unknown';
  if (FAILED.has(status)) return { kind: 'failed', detail: `The run has ended with: ${status}.` };
  if (!DONE.has(status)) return { kind: 'unfinished', status };
  const outputHash = readOutputHash(run);
  if (outputHash === undefined) return { kind: 'failed', detail: 'The run has no output.' };
  const inputs = readInputs(getMember(run, 'inputs') ?? getMember(provenanceOf(run), 'inputs'));
  if (inputs.length > MAX_INPUTS)
    return { kind: 'failed', detail: `The run has more than ${MAX_INPUTS} inputs.` };
  const recipe = readRecipe(run);
  const provenance = buildProvenance(run, source);
  if (Buffer.byteLength(provenance) > ASSET_LIMITS.metadataBytes - '{"provenance":}'.length)
    return { kind: 'failed', detail: 'What the L1 says of the run is too long to be kept.' };
  return {
    kind: 'finished',
    result: {
      ...(recipe !== undefined && { recipe }),
      inputs,
      outputHash,
      assetType: readAssetType(run),
      provenance,
    },
  };
}

/** Nothing where it is no JSON, or JSON that stores, proofs or other readers would stumble over. */
function parse(text: string): JsonNode | undefined {
  try {
    const node = parseLosslessJson(text);
    const options = { maxDepth: ASSET_LIMITS.metadataDepth - 1 };
    return findJsonHazard(node, options) ? undefined : node;
  } catch {
    return undefined;
  }
}

const provenanceOf = (run: JsonNode) => getMember(run, 'provenance');
