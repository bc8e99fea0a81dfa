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

/** What an asset was made of, and who owns each content, as the earliest claim of it decides. */
export interface FoundProvenance {
  readonly graph: ProvenanceGraph;
  readonly owners: ReadonlyMap<string, string>;
}

const BOUNDS = { nodes: 500, edges: 2000 };
/** Assets that are looked at for one level. */
const MAX_ASSETS = 2000;

/**
 * Looks up what an asset was made of, over `depth` runs: one read for each level, and one for the
 * owners of all.
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
  return { graph, owners: await store.activities.listOwners(hashes) };
}

function toSourced({ metadata, ...asset }: RegisteredAsset): SourcedAsset {
  const { name, contentHash, assetType, owner, state } = asset;
  const provenance = readProvenance(toPlainValue(parseLosslessJson(metadata)));
  return { name, contentHash, assetType, owner, state, provenance };
}
