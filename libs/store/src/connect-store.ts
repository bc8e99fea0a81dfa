import { AppError } from '@artdag/errors';
import { type Db, MongoClient } from 'mongodb';
import { type Backup, createBackup } from './backup.ts';
import { connectFailures } from './connect-failures.ts';
import type {
  ActivityDocument,
  AssetDocument,
  AttemptCountDocument,
  AuditEntryDocument,
  IdempotencyKeyDocument,
  InviteDocument,
  JwtKeyDocument,
  OddRecordDocument,
  TokenDocument,
  UserDocument,
} from './documents.ts';
import type {
  DeliveryDocument,
  FollowerDocument,
  FollowingDocument,
  HostDocument,
  KeyFailureDocument,
  ReactionDocument,
  ReceivedActivityDocument,
  RemoteActorDocument,
  RemoteObjectDocument,
  ReportDocument,
} from './federation-documents.ts';
import { ensureIndexes } from './indexes.ts';
import { type CommandObserver, observeCommands } from './observe-commands.ts';
import {
  type ActivityRepository,
  createActivityRepository,
} from './repositories/activity-repository.ts';
import { type AssetRepository, createAssetRepository } from './repositories/asset-repository.ts';
import {
  type AttemptRepository,
  createAttemptRepository,
} from './repositories/attempt-repository.ts';
import { type AuditRepository, createAuditRepository } from './repositories/audit-repository.ts';
import {
  createDeliveryRepository,
  type DeliveryRepository,
} from './repositories/delivery-repository.ts';
import {
  createDocumentRepository,
  type DocumentRepository,
} from './repositories/document-repository.ts';
import type { FailureRepository } from './repositories/failure-repository.ts';
import {
  createFollowerRepository,
  type FollowerRepository,
} from './repositories/follower-repository.ts';
import {
  createFollowingRepository,
  type FollowingRepository,
} from './repositories/following-repository.ts';
import { createHostRepository, type HostRepository } from './repositories/host-repository.ts';
import {
  createIdempotencyRepository,
  type IdempotencyRepository,
} from './repositories/idempotency-repository.ts';
import { createInviteRepository, type InviteRepository } from './repositories/invite-repository.ts';
import {
  createJwtKeyRepository,
  type JwtKeyRepository,
} from './repositories/jwt-key-repository.ts';
import {
  createL1NoticeRepository,
  type L1NoticeRepository,
} from './repositories/l1-notice-repository.ts';
import {
  createL1ServerRepository,
  type L1ServerRepository,
} from './repositories/l1-server-repository.ts';
import {
  createPictureRepository,
  type PictureDocument,
  type PictureRepository,
} from './repositories/picture-repository.ts';
import {
  createReactionRepository,
  type ReactionRepository,
} from './repositories/reaction-repository.ts';
import {
  createReceivedActivityRepository,
  type ReceivedActivityRepository,
} from './repositories/received-activity-repository.ts';
import {
  createRemoteActorRepository,
  type RemoteActorRepository,
} from './repositories/remote-actor-repository.ts';
import {
  createRemoteObjectRepository,
  type RemoteObjectRepository,
} from './repositories/remote-object-repository.ts';
import { createReportRepository, type ReportRepository } from './repositories/report-repository.ts';
import { createRunRepository, type RunRepository } from './repositories/run-repository.ts';
import { createSeedRepository, type SeedRepository } from './repositories/seed-repository.ts';
import { createTokenRepository, type TokenRepository } from './repositories/token-repository.ts';
import { createUserRepository, type UserRepository } from './repositories/user-repository.ts';
import type { L1ServerDocument, RunDocument } from './run-documents.ts';
import { inspectServer, type ServerFacts } from './server-facts.ts';

/** Everything that this server remembers. */
export interface Store extends AsyncDisposable {
  readonly assets: AssetRepository;
  readonly activities: ActivityRepository;
  readonly users: UserRepository;
  readonly tokens: TokenRepository;
  readonly l1Notices: L1NoticeRepository;
  readonly jwtKeys: JwtKeyRepository;
  readonly attempts: AttemptRepository;
  readonly idempotencyKeys: IdempotencyRepository;
  readonly invites: InviteRepository;
  readonly receivedActivities: ReceivedActivityRepository;
  readonly followers: FollowerRepository;
  readonly following: FollowingRepository;
  readonly reactions: ReactionRepository;
  readonly pictures: PictureRepository;
  readonly deliveries: DeliveryRepository;
  readonly hosts: HostRepository;
  readonly remoteActors: RemoteActorRepository;
  readonly remoteObjects: RemoteObjectRepository;
  readonly reports: ReportRepository;
  readonly runs: RunRepository;
  readonly l1Servers: L1ServerRepository;
  readonly audit: AuditRepository;
  /** What moves in and out, as it is stored. */
  readonly documents: {
    readonly assets: DocumentRepository<AssetDocument>;
    readonly activities: DocumentRepository<ActivityDocument>;
    readonly users: DocumentRepository<UserDocument>;
    readonly followers: DocumentRepository<FollowerDocument>;
    readonly oddRecords: DocumentRepository<OddRecordDocument>;
  };
  readonly backup: Backup;
  readonly failures: FailureRepository;
  /** The world of development, where there is one. */
  readonly seeds: SeedRepository;
  /** Throws where MongoDB does not answer. */
  ping(): Promise<void>;
  inspectServer(): Promise<ServerFacts>;
}

const DEFAULT_DATABASE = 'artdag';
const OPERATION_TIMEOUT_MS = 5000;

/**
 * Connects to MongoDB and makes its indexes.
 *
 * Every write is acknowledged by a majority and its journal (`w: "majority", j: true`), because
 * what is answered outward must outlive a crash of the server. `commands` hears of each command.
 *
 * @throws AppError `start-failed` where the server cannot be reached.
 */
export async function connectStore(url: string, commands?: CommandObserver): Promise<Store> {
  const client = new MongoClient(url, {
    appName: 'artdag-l2',
    writeConcern: { w: 'majority', journal: true },
    serverSelectionTimeoutMS: 3000,
    connectTimeoutMS: 3000,
    socketTimeoutMS: OPERATION_TIMEOUT_MS,
    waitQueueTimeoutMS: OPERATION_TIMEOUT_MS,
    maxPoolSize: 50,
    ignoreUndefined: true,
    monitorCommands: commands !== undefined,
  });
  if (commands) observeCommands(client, commands);
  try {
    await client.connect();
    const database = client.db(databaseNameOf(url));
    await ensureIndexes(database);
    return { ...createRepositories(database), [Symbol.asyncDispose]: () => client.close() };
  } catch (cause) {
    await client.close();
    throw new AppError(
      'start-failed',
      'MongoDB does not answer: check MONGODB_URL and that the server runs.',
      {
        cause,
      },
    );
  }
}

function createRepositories(database: Db): Omit<Store, keyof AsyncDisposable> {
  return {
    assets: createAssetRepository(database.collection<AssetDocument>('assets')),
    activities: createActivityRepository(database.collection<ActivityDocument>('activities')),
    users: createUserRepository(database.collection<UserDocument>('users')),
    jwtKeys: createJwtKeyRepository(database.collection<JwtKeyDocument>('jwt_keys')),
    l1Notices: createL1NoticeRepository(database.collection<TokenDocument>('tokens')),
    tokens: createTokenRepository(database.collection<TokenDocument>('tokens')),
    attempts: createAttemptRepository(database.collection<AttemptCountDocument>('attempt_counts')),
    idempotencyKeys: createIdempotencyRepository(
      database.collection<IdempotencyKeyDocument>('idempotency_keys'),
    ),
    invites: createInviteRepository(database.collection<InviteDocument>('invites')),
    receivedActivities: createReceivedActivityRepository(
      database.collection<ReceivedActivityDocument>('received_activities'),
    ),
    followers: createFollowerRepository(database.collection<FollowerDocument>('followers')),
    audit: createAuditRepository(database.collection<AuditEntryDocument>('audit_entries')),
    following: createFollowingRepository(database.collection<FollowingDocument>('following')),
    reactions: createReactionRepository(database.collection<ReactionDocument>('reactions')),
    pictures: createPictureRepository(database.collection<PictureDocument>('pictures')),
    deliveries: createDeliveryRepository(database.collection<DeliveryDocument>('deliveries')),
    hosts: createHostRepository(database.collection<HostDocument>('hosts')),
    remoteActors: createRemoteActorRepository(
      database.collection<RemoteActorDocument>('remote_actors'),
      database.collection<KeyFailureDocument>('key_failures'),
    ),
    remoteObjects: createRemoteObjectRepository(
      database.collection<RemoteObjectDocument>('remote_objects'),
    ),
    runs: createRunRepository(database.collection<RunDocument>('runs')),
    l1Servers: createL1ServerRepository(database.collection<L1ServerDocument>('l1_servers')),
    reports: createReportRepository(database.collection<ReportDocument>('reports')),
    documents: createDocumentRepositories(database),
    backup: createBackup(database),
    failures: connectFailures(database),
    seeds: createSeedRepository(database),
    inspectServer: () => inspectServer(database),
    async ping() {
      await database.command({ ping: 1 });
    },
  };
}

function createDocumentRepositories(database: Db): Store['documents'] {
  return {
    assets: createDocumentRepository(database.collection('assets'), 'registeredAt'),
    activities: createDocumentRepository(database.collection('activities'), 'publishedAt'),
    users: createDocumentRepository(database.collection('users')),
    followers: createDocumentRepository(database.collection('followers'), 'since'),
    oddRecords: createDocumentRepository(database.collection('odd_records')),
  };
}

function databaseNameOf(url: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(url)?.[1];
  return path ? decodeURIComponent(path) : DEFAULT_DATABASE;
}
