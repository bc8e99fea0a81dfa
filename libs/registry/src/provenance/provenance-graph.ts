import type { RegisteredAsset } from '../asset.ts';
import type { AssetProvenance } from './read-provenance.ts';

/** A registered asset, and what it says of its run. */
export type SourcedAsset = Pick<
  RegisteredAsset,
  'name' | 'contentHash' | 'assetType' | 'owner' | 'state'
> & { readonly provenance?: AssetProvenance | undefined };

/** A content, by its hash, and who claims it, the first one first. Nobody does where it is not registered. */
export interface ProvenanceEntity {
  readonly contentHash: string;
  readonly claims: readonly Omit<SourcedAsset, 'contentHash' | 'provenance'>[];
}

/** A run that made something. */
export interface ProvenanceRun extends Omit<AssetProvenance, 'inputs'> {
  /** Names the run in this graph. */
  readonly key: string;
}

/** From a content back over runs to what went into them. Each edge joins nodes that are there. */
export interface ProvenanceGraph {
  /** Hash of the content that was asked about. */
  readonly root: string;
  readonly entities: readonly ProvenanceEntity[];
  readonly runs: readonly ProvenanceRun[];
  readonly generated: readonly {
    readonly contentHash: string;
    readonly run: string;
    /** Owner of the asset that says so. */
    readonly saidBy: string;
  }[];
  readonly used: readonly {
    readonly run: string;
    readonly contentHash: string;
    readonly name?: string;
    /** Owner of the asset that says so. */
    readonly saidBy: string;
  }[];
  /** Whether there is more than the bounds let in. */
  readonly isTruncated: boolean;
}

/** How large a graph may become. */
export interface ProvenanceBounds {
  /** Runs between the root and what is farthest from it. */
  readonly depth: number;
  /** Entities and runs together. */
  readonly nodes: number;
  readonly edges: number;
}
