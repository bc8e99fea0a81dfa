import type { GatewayContext } from '../context.ts';
import { type FoundProvenance, findProvenance } from './find-provenance.ts';

const DEPTH = 5;
/** What a person can still look over. */
const MAX_NODES = 50;
const DEPTH_OF_LARGE = 2;

/** What a page shows of a work's provenance: five runs back, or two where that would be too much. */
export async function findShownProvenance(
  name: string,
  context: Pick<GatewayContext, 'store'>,
): Promise<FoundProvenance> {
  const found = await findProvenance(name, DEPTH, context);
  const { entities, runs } = found.graph;
  if (entities.length + runs.length <= MAX_NODES) return found;
  return findProvenance(name, DEPTH_OF_LARGE, context);
}
