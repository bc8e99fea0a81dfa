export type { Audience } from './audience.ts';
export type { Backup } from './backup.ts';
export { connectStore, type Store } from './connect-store.ts';
export { decodeCursor, encodeCursor, type Position } from './cursor.ts';
export type {
  ActivityDocument,
  AssetDocument,
  OddRecordDocument,
  UserDocument,
} from './documents.ts';
export type { FollowerDocument, RemoteKey } from './federation-documents.ts';
export type { InsertResult } from './insert-group.ts';
export { isStoreUnavailable } from './is-store-unavailable.ts';
export type { Outbox } from './outbox.ts';
export type { ActivityRepository } from './repositories/activity-repository.ts';
export type {
  AssetFilter,
  AssetRepository,
  ClaimOutcome,
  NewAsset,
} from './repositories/asset-repository.ts';
export type { AttemptRepository } from './repositories/attempt-repository.ts';
export type { AuditEntry, AuditRepository } from './repositories/audit-repository.ts';
export type {
  Delivery,
  DeliveryAttempt,
  DeliveryRepository,
  HostBacklog,
  NewDelivery,
} from './repositories/delivery-repository.ts';
export type { DocumentRepository } from './repositories/document-repository.ts';
export type { FailureRepository } from './repositories/failure-repository.ts';
export type {
  Follower,
  FollowerInboxes,
  FollowerRepository,
  ListedFollower,
} from './repositories/follower-repository.ts';
export type { Following, FollowingRepository } from './repositories/following-repository.ts';
export type {
  Host,
  HostExperience,
  HostRepository,
  RuledHost,
} from './repositories/host-repository.ts';
export type { IdempotencyRepository } from './repositories/idempotency-repository.ts';
export type { InviteRepository } from './repositories/invite-repository.ts';
export type { JwtKey, JwtKeyRepository } from './repositories/jwt-key-repository.ts';
export type { L1Notice, L1NoticeRepository } from './repositories/l1-notice-repository.ts';
export type { L1Server, L1ServerRepository } from './repositories/l1-server-repository.ts';
export type {
  Picture,
  PictureRepository,
  Rendition,
} from './repositories/picture-repository.ts';
export type {
  Reaction,
  ReactionCounts,
  ReactionRepository,
} from './repositories/reaction-repository.ts';
export type {
  FailedActivity,
  ReceivedActivity,
  ReceivedActivityRepository,
  StoredActivity,
} from './repositories/received-activity-repository.ts';
export type {
  ForcedRefresh,
  RemoteActor,
  RemoteActorRepository,
} from './repositories/remote-actor-repository.ts';
export type { RemoteObjectRepository } from './repositories/remote-object-repository.ts';
export type { Report, ReportRepository } from './repositories/report-repository.ts';
export type {
  EndedRun,
  NewRun,
  Run,
  RunName,
  RunRepository,
} from './repositories/run-repository.ts';
export type { Seed, SeedCounts, SeedRepository } from './repositories/seed-repository.ts';
export type {
  ClaimOfHash,
  PendingActivity,
  Signature,
  SignedActivity,
} from './repositories/stored-activity.ts';
export type {
  IssuedTokenRecord,
  RevokedToken,
  TokenRecord,
  TokenRepository,
  TokenStanding,
} from './repositories/token-repository.ts';
export type { NewUser, Profile, User, UserRepository } from './repositories/user-repository.ts';
export type { RunInput, RunProblem, RunResult } from './run-documents.ts';
export type { ServerFacts } from './server-facts.ts';
export type { FailureGroup, FailureKey } from './set-aside.ts';
