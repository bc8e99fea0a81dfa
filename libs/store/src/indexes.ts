import type { Db, IndexDescription } from 'mongodb';
import { documentId } from './document-id.ts';
import { insertMissing } from './insert-group.ts';

const OUTBOX: IndexDescription[] = [
  { key: { 'outbox.at': 1 }, sparse: true },
  { key: { 'outbox.id': 1 }, sparse: true },
];

/** Work that was given up, by group. */
const FAILURES: IndexDescription[] = [
  { key: { 'failure.kind': 1, 'failure.reason': 1 }, sparse: true },
];

const EXPIRY: IndexDescription[] = [{ key: { expiresAt: 1 }, expireAfterSeconds: 0 }];

/** Every index but `_id`, by collection. */
const INDEXES: Readonly<Record<string, IndexDescription[]>> = {
  assets: [
    ...OUTBOX,
    ...FAILURES,
    { key: { registeredAt: 1, _id: 1 } },
    { key: { owner: 1, registeredAt: 1, _id: 1 } },
    { key: { tags: 1, registeredAt: 1, _id: 1 } },
    { key: { assetType: 1, registeredAt: 1, _id: 1 } },
    { key: { contentHash: 1, registeredAt: 1, _id: 1 } },
    { key: { activityId: 1 }, sparse: true },
    { key: { contentHash: 1 } },
  ],
  activities: [
    ...OUTBOX,
    ...FAILURES,
    { key: { contentHash: 1, publishedAt: 1, _id: 1 }, sparse: true },
    { key: { actor: 1, isPublic: 1, publishedAt: -1, _id: -1 } },
    { key: { isPublic: 1, publishedAt: -1, _id: -1 } },
    { key: { objectIri: 1, actor: 1, type: 1, publishedAt: -1 } },
  ],
  users: [
    ...OUTBOX,
    ...FAILURES,
    { key: { invite: 1 }, unique: true, sparse: true },
    { key: { 'setup.tokenHash': 1 }, sparse: true },
  ],
  received_activities: [
    ...OUTBOX,
    ...FAILURES,
    ...EXPIRY,
    { key: { state: 1, receivedAt: -1, _id: -1 } },
    { key: { undoes: 1 }, sparse: true },
  ],
  followers: [
    ...OUTBOX,
    ...FAILURES,
    { key: { username: 1, since: -1, _id: -1 } },
    { key: { username: 1, host: 1 } },
    { key: { deliveryInbox: 1 } },
    { key: { followIri: 1 } },
    { key: { actorIri: 1 } },
  ],
  following: [
    { key: { username: 1, state: 1, since: -1, _id: -1 } },
    { key: { followId: 1 } },
    { key: { actorIri: 1, state: 1 } },
  ],
  reactions: [
    { key: { objectIri: 1, kind: 1 } },
    { key: { activityIri: 1 } },
    { key: { actorIri: 1 } },
  ],
  deliveries: [
    ...OUTBOX,
    ...FAILURES,
    ...EXPIRY,
    { key: { activityId: 1, inbox: 1 } },
    { key: { host: 1, state: 1 } },
    { key: { objectIri: 1, host: 1, state: 1, publishedAt: 1 } },
    { key: { state: 1, host: 1 } },
  ],
  runs: [
    ...OUTBOX,
    ...FAILURES,
    { key: { 'result.outputHash': 1, requestedAt: 1, _id: 1 }, sparse: true },
    { key: { l1Server: 1, runId: 1, requestedAt: 1, _id: 1 } },
  ],
  hosts: EXPIRY,
  remote_actors: [...EXPIRY, { key: { 'keys.keyId': 1 } }, { key: { handle: 1 }, sparse: true }],
  remote_objects: EXPIRY,
  key_failures: EXPIRY,
  reports: [...EXPIRY, { key: { state: 1, receivedAt: -1, _id: -1 } }],
  audit_entries: [{ key: { at: -1, _id: -1 } }],
  tokens: [...OUTBOX, ...FAILURES, ...EXPIRY, { key: { username: 1, issuedAt: -1, _id: -1 } }],
  jwt_keys: [...EXPIRY, { key: { sequence: 1 }, unique: true }],
  attempt_counts: EXPIRY,
  idempotency_keys: EXPIRY,
  invites: EXPIRY,
};

/** Sets of indexes that this database has been given. */
export const INDEX_SETS = 'index_sets';

/**
 * Makes the indexes that are missing. Safe to run from several processes at once.
 *
 * A database that has had this very set is not asked again: with its dozens of indexes, every start
 * of a process would be a burden on the server.
 */
export async function ensureIndexes(database: Db): Promise<void> {
  const sets = database.collection<{ readonly _id: string }>(INDEX_SETS);
  const set = documentId(JSON.stringify(INDEXES));
  if (await sets.findOne({ _id: set })) return;
  for (const [name, indexes] of Object.entries(INDEXES)) {
    await database.collection(name).createIndexes(indexes);
  }
  await insertMissing(sets, [{ _id: set }]);
}
