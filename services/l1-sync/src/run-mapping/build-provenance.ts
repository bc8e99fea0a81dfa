import {
  getMember,
  type JsonNode,
  type JsonObject,
  jsonObject,
  jsonString,
  stringifyLossless,
} from '@artdag/signatures';
import { readOutputHash, readRecipe } from './read-output.ts';

/** Where a run is said to come from. */
export interface RunSource {
  readonly l1Server: string;
  readonly runId: string;
}

/**
 * The JSON text that an asset carries as its provenance: what the L1 said of the run, member by member
 * as it was written, with the places of `run_id`, `l1_server`, `recipe`, `inputs` and `output` filled
 * where the L1 has put them elsewhere.
 */
export function buildProvenance(run: JsonObject, { l1Server, runId }: RunSource): string {
  const told = getMember(run, 'provenance');
  const recipe = readRecipe(run);
  const filled: [string, JsonNode | undefined][] = [
    ['run_id', jsonString(runId)],
    ['l1_server', jsonString(l1Server)],
    ['recipe', getMember(run, 'recipe') ?? (recipe === undefined ? undefined : jsonString(recipe))],
    ['inputs', getMember(run, 'inputs') ?? getMember(told, 'inputs')],
    ['output', outputOf(run)],
  ];
  const members = new Map<string, JsonNode>();
  for (const [key, node] of filled) if (node !== undefined) members.set(key, node);
  for (const [key, node] of run.entries) if (!members.has(key)) members.set(key, node);
  return stringifyLossless(jsonObject(members));
}

function outputOf(run: JsonObject): JsonNode {
  const output = getMember(run, 'output');
  const hash = jsonString(readOutputHash(run) ?? '');
  if (output?.kind !== 'object') return jsonObject([['content_hash', hash]]);
  return jsonObject([...output.entries, ['content_hash', hash]]);
}
