import { AppError } from '@artdag/errors';
import {
  type ProvenanceGraph,
  type RegisteredAsset,
  readProvenance,
  type SourcedAsset,
  walkProvenance,
} from '@artdag/registry';
import { parseLosslessJson, toPlainValue } from '@artdag/signatures';
import type { GatewayContext } from '../context.ts';
import { findSpeakers, type Speakers } from './speakers.ts';

/** What an asset was made of, and who owns each content, as the earliest claim of it decides. */
export interface FoundProvenance {
  readonly graph: ProvenanceGraph;
  readonly owners: ReadonlyMap<string, string>;
  readonly speakers: Speakers;
}

const BOUNDS = { nodes: 500, edges: 2000 };
/** Runs that are looked at for who says a link. */
const MAX_RUNS = 500;
/** Assets that are looked at for one level. */
const MAX_ASSETS = 2000;

/**
 * Looks up what an asset was made of, over `depth` runs: one read for each level, one for the owners of
 * all, and one for what L1s have said of it.
 *
 * @throws AppError `not-found`
 */
export async function findProvenance(
  name: string,
  depth: number,
  { store }: Pick<GatewayContext, 'store'>,
): Promise<FoundProvenance> {
  const asset = await store.assets.find(name);
  if (!asset) throw new AppError('not-found', 'No asset has this name.');
  const walk = walkProvenance(toSourced(asset), { ...BOUNDS, depth });
  let wanted = walk.wanted();
  while (wanted.length > 0) {
    const found = await store.assets.listByHashes(wanted, MAX_ASSETS);
    walk.add(found.map(toSourced), found.length === MAX_ASSETS);
    wanted = walk.wanted();
  }
  const graph = walk.graph();
  const hashes = graph.entities.map(({ contentHash }) => contentHash);
  const [owners, runs] = await Promise.all([
    store.activities.listOwners(hashes),
    graph.runs.length > 0 ? store.runs.listByOutput(hashes, MAX_RUNS) : [],
  ]);
  return { graph, owners, speakers: findSpeakers(graph, runs) };
}

function toSourced({ metadata, ...asset }: RegisteredAsset): SourcedAsset {
  const { name, contentHash, assetType, owner, state } = asset;
  const provenance = readProvenance(toPlainValue(parseLosslessJson(metadata)));
  return { name, contentHash, assetType, owner, state, provenance };
}
