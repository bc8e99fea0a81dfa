export {
  ASSET_LIMITS,
  ASSET_TYPE_PATTERN,
  admitAsset,
  CONTENT_HASH_PATTERN,
} from './admit-asset.ts';
export type { Asset, ClaimState, PictureState, RegisteredAsset } from './asset.ts';
export { type ClaimDecision, decideClaim } from './decide-claim.ts';
export { hasPictureToFetch } from './has-picture-to-fetch.ts';
export { hostOfIri, normalizeHost } from './normalize-host.ts';
export type {
  ProvenanceBounds,
  ProvenanceEntity,
  ProvenanceGraph,
  ProvenanceRun,
  SourcedAsset,
} from './provenance/provenance-graph.ts';
export { type AssetProvenance, readProvenance } from './provenance/read-provenance.ts';
export {
  isCheckDue,
  judgeRun,
  noteFinding,
  type RunCheck,
  type RunFinding,
} from './provenance/run-check.ts';
export { type ProvenanceWalk, walkProvenance } from './provenance/walk-provenance.ts';
export { formatPublished } from './published-time.ts';
export {
  isUsername,
  PASSWORD_LENGTH,
  type PublicKeys,
  type Role,
  USERNAME_PATTERN,
} from './user.ts';
