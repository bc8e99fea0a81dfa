import type {
  ProvenanceBounds,
  ProvenanceEntity,
  ProvenanceGraph,
  ProvenanceRun,
  SourcedAsset,
} from './provenance-graph.ts';
import type { ProvenanceInput } from './read-provenance.ts';

/** Grows a graph level by level, so that each level takes one read. */
export interface ProvenanceWalk {
  /** Hashes whose assets are wanted next; none where the graph is complete or its bounds are reached. */
  wanted(): readonly string[];
  /** Takes the assets of the hashes that were wanted. `isPartial`: there are more than these. */
  add(assets: readonly SourcedAsset[], isPartial?: boolean): void;
  graph(): ProvenanceGraph;
}

/** Claims of one content that are shown. */
const MAX_CLAIMS = 20;

/**
 * Starts at an asset. What was seen is not walked again, so what was made from itself, by mistake or to
 * harm, ends as all else does.
 */
export function walkProvenance(start: SourcedAsset, bounds: ProvenanceBounds): ProvenanceWalk {
  const entities = new Map<string, ProvenanceEntity>();
  const runs = new Map<string, ProvenanceRun>();
  const generated = new Map<string, ProvenanceGraph['generated'][number]>();
  const used = new Map<string, ProvenanceGraph['used'][number]>();
  let wanted: string[] = [start.contentHash];
  let level = 0;
  let isTruncated = false;

  const hasRoom = () => entities.size + runs.size < bounds.nodes;
  const hasEdgeRoom = () => generated.size + used.size < bounds.edges;
  const leaveOut = () => {
    isTruncated = true;
  };

  /** Whether the content is in the graph. */
  function enter(contentHash: string, next: string[]): boolean {
    if (entities.has(contentHash)) return true;
    if (!hasRoom()) return false;
    entities.set(contentHash, { contentHash, claims: [] });
    next.push(contentHash);
    return true;
  }

  function claim({ contentHash, provenance: _, ...claimed }: SourcedAsset): void {
    const entity = entities.get(contentHash);
    if (!entity || entity.claims.some(({ name }) => name === claimed.name)) return;
    if (entity.claims.length >= MAX_CLAIMS) leaveOut();
    else entities.set(contentHash, { contentHash, claims: [...entity.claims, claimed] });
  }

  function follow(asset: SourcedAsset, next: string[]): void {
    if (!asset.provenance) return;
    const { inputs, ...rest } = asset.provenance;
    const key = keyOf(asset);
    if (level >= bounds.depth || !(runs.has(key) || hasRoom()) || !hasEdgeRoom()) {
      leaveOut();
      return;
    }
    runs.set(key, { key, ...rest });
    const { contentHash, owner: saidBy } = asset;
    const made = `${key} ${contentHash}`;
    if (!generated.has(made)) generated.set(made, { run: key, contentHash, saidBy });
    for (const input of inputs) use({ run: key, saidBy }, input, next);
  }

  function use(
    said: { readonly run: string; readonly saidBy: string },
    input: ProvenanceInput,
    next: string[],
  ): void {
    const edge = `${said.run} ${input.contentHash}`;
    if (used.has(edge)) return;
    if (hasEdgeRoom() && enter(input.contentHash, next)) used.set(edge, { ...said, ...input });
    else leaveOut();
  }

  enter(start.contentHash, []);
  return {
    wanted: () => wanted,
    add(assets, isPartial = false) {
      const next: string[] = [];
      const asked = new Set(wanted);
      if (isPartial) leaveOut();
      for (const asset of assets) {
        if (!asked.has(asset.contentHash)) continue;
        claim(asset);
        follow(asset, next);
      }
      level += 1;
      wanted = next;
    },
    graph: () => ({
      root: start.contentHash,
      entities: [...entities.values()],
      runs: [...runs.values()],
      generated: [...generated.values()],
      used: [...used.values()],
      isTruncated,
    }),
  };
}

/** Runs of one L1 with one id are one run; what names no run was made by one of its own. */
function keyOf({ contentHash, provenance }: SourcedAsset): string {
  const { runId, l1Server } = provenance ?? {};
  return runId === undefined ? `of ${contentHash}` : JSON.stringify([l1Server ?? null, runId]);
}
