import type { Collection, Filter, UpdateFilter } from 'mongodb';
import { documentId } from '../document-id.ts';
import type { FailureRecord } from '../documents.ts';
import type { DeliveryDocument } from '../federation-documents.ts';
import { insertMissing } from '../insert-group.ts';
import { createOutbox, type Outbox, promise } from '../outbox.ts';
import { createSameUpdateGroup } from '../same-update-group.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';
import { createUpdateGroup } from '../update-group.ts';
import { createWriteGroup } from '../write-group.ts';

/** A delivery that is to be made. */
export type NewDelivery = Pick<
  DeliveryDocument,
  'activityId' | 'actor' | 'inbox' | 'host' | 'objectIri' | 'publishedAt' | 'hasPredecessor'
>;

/** A delivery and where it stands. */
export interface Delivery
  extends Omit<DeliveryDocument, '_id' | 'outbox' | 'expiresAt' | 'failure'> {
  readonly deliveryId: string;
}

/** What a try to deliver showed. */
export interface DeliveryAttempt {
  readonly at: Date;
  readonly status?: number;
  readonly error?: string;
}

/** A delivery that was taken. */
interface Delivered {
  readonly deliveryId: string;
  readonly attempt: DeliveryAttempt;
}

/** How many deliveries wait for a host, and since when. */
export interface HostBacklog {
  readonly host: string;
  readonly pending: number;
  readonly oldestAt: Date;
}

/** The ledger of deliveries: one row for each activity and inbox. */
export interface DeliveryRepository {
  readonly outbox: Outbox;
  /** Adds the rows that are not there yet, each with the promise to deliver it; returns all their ids. */
  insertMany(deliveries: readonly NewDelivery[], now: Date): Promise<string[]>;
  find(deliveryId: string): Promise<Delivery | undefined>;
  /** Rows of one activity, by inbox, after the inbox `after`. */
  listByActivity(
    activityId: string,
    limit: number,
    after?: string | undefined,
  ): Promise<Delivery[]>;
  /**
   * When the next try is due of an older delivery by the same actor, of the same object, to the same
   * host; undefined where none is pending.
   */
  findOlderPending(delivery: Delivery): Promise<Date | undefined>;
  /** Ends a pending delivery in `state`, and keeps the promise. */
  end(
    deliveryId: string,
    state: 'delivered' | 'failed' | 'dropped',
    attempt: DeliveryAttempt,
  ): Promise<void>;
  /** Records a failed try, and when the next one is due. */
  retryAt(deliveryId: string, nextAt: Date, attempt: DeliveryAttempt): Promise<void>;
  /** Lets a pending delivery wait until `nextAt` without a try: its host is paused, busy or broken. */
  park(deliveryId: string, nextAt: Date): Promise<void>;
  backlogs(limit: number): Promise<HostBacklog[]>;
  /** The backlogs of these hosts; hosts that nothing waits for are left out. */
  backlogsOf(hosts: readonly string[]): Promise<HostBacklog[]>;
  /** Ids of deliveries that wait for a host, the oldest first. */
  listPending(host: string, limit: number): Promise<string[]>;
  countPending(host: string): Promise<number>;
  /** Makes pending deliveries of a host due now, and failed ones pending again; returns how many. */
  retryHost(host: string, now: Date): Promise<number>;
  /** Ends the pending deliveries of a host; returns how many. */
  dropHost(host: string, at: Date): Promise<number>;
}

/** Kind of the promise that a delivery carries. */
const DELIVER = 'deliver-activity';
const KEPT_MS = 7 * 86_400_000;
/** Until its jobs are enqueued, the fan-out's own promise stands for its rows. */
const FIRST_LOOK_MS = 30_000;

/** What a delivery has only once it has ended. */
const DELIVERY_END = ['endedAt', 'expiresAt', 'failure'];

/** Deliveries that failed for good. */
export function setAsideDeliveries(collection: Collection<DeliveryDocument>): SetAside {
  return createSetAside(collection, {
    kinds: [DELIVER],
    workId: '_id',
    hasHost: true,
    failed: { state: 'failed' },
    restored: (now) => ({ state: 'pending', nextAt: now }),
    forgotten: DELIVERY_END,
    dismissed: { state: 'dropped' },
    dropped: (at) => ({ state: 'dropped', ...endedAt(at) }),
  });
}

/** {@link DeliveryRepository} over the collection `deliveries`. */
export function createDeliveryRepository(
  collection: Collection<DeliveryDocument>,
): DeliveryRepository {
  const update = createUpdateGroup(collection);
  const read = createReadGroup(collection);
  const pending = (deliveryId: string): Filter<DeliveryDocument> => ({
    _id: deliveryId,
    state: 'pending',
  });
  async function groupByHost(
    filter: Filter<DeliveryDocument>,
    limit: number,
  ): Promise<HostBacklog[]> {
    const groups = await collection
      .aggregate<{ _id: string; pending: number; oldestAt: Date }>([
        { $match: { ...filter, state: 'pending' } },
        { $group: { _id: '$host', pending: { $sum: 1 }, oldestAt: { $min: '$publishedAt' } } },
        { $sort: { pending: -1 } },
        { $limit: Math.max(1, limit) },
      ])
      .toArray();
    return groups.map(({ _id, ...backlog }) => ({ host: _id, ...backlog }));
  }
  const markDelivered = createSameUpdateGroup<DeliveryDocument, Delivered>(collection, {
    idOf: ({ deliveryId }) => deliveryId,
    keyOf: ({ attempt }) => `${attempt.status} ${attempt.error}`,
    filter: { state: 'pending' },
    update: ({ attempt }) => endAs('delivered', attempt),
  });
  return {
    outbox: createOutbox(collection),
    async insertMany(deliveries, now) {
      const documents = deliveries.map((delivery) => toDocument(delivery, now));
      await insertMissing(collection, documents);
      return documents.map((document) => document._id);
    },
    async find(deliveryId) {
      const { delivery } = await read(deliveryId);
      return delivery;
    },
    async listByActivity(activityId, limit, after) {
      const documents = await collection
        .find({ activityId, ...(after !== undefined && { inbox: { $gt: after } }) })
        .sort({ inbox: 1 })
        .limit(limit)
        .toArray();
      return documents.map(toDelivery);
    },
    async findOlderPending({ objectIri, host, actor, publishedAt }) {
      const older = await collection.findOne(
        { objectIri, host, state: 'pending', publishedAt: { $lt: publishedAt }, actor },
        { projection: { nextAt: 1 } },
      );
      return older?.nextAt;
    },
    end: (deliveryId, state, attempt) =>
      // Nearly all end so, and alike.
      state === 'delivered'
        ? markDelivered({ deliveryId, attempt })
        : update({
            updateOne: { filter: pending(deliveryId), update: endAs(state, attempt) },
          }),
    retryAt: (deliveryId, nextAt, attempt) =>
      update({
        updateOne: {
          filter: pending(deliveryId),
          update: {
            $set: { nextAt, ...lastOf(attempt), outbox: [promise(DELIVER, deliveryId, nextAt)] },
            $inc: { attempts: 1 },
          },
        },
      }),
    park: (deliveryId, nextAt) =>
      update({
        updateOne: {
          filter: pending(deliveryId),
          update: { $set: { nextAt, outbox: [promise(DELIVER, deliveryId, nextAt)] } },
        },
      }),
    backlogs: (limit) => groupByHost({}, limit),
    backlogsOf: async (hosts) =>
      hosts.length === 0 ? [] : groupByHost({ host: { $in: [...hosts] } }, hosts.length),
    async listPending(host, limit) {
      const documents = await collection
        .find({ host, state: 'pending' }, { projection: { _id: 1 } })
        .sort({ publishedAt: 1 })
        .limit(limit)
        .toArray();
      return documents.map((document) => document._id);
    },
    countPending: (host) => collection.countDocuments({ host, state: 'pending' }),
    async retryHost(host, now) {
      const result = await collection.updateMany({ host, state: { $in: ['pending', 'failed'] } }, [
        {
          $set: {
            state: 'pending',
            nextAt: now,
            outbox: [{ kind: DELIVER, id: '$_id', at: now }],
          },
        },
        { $unset: DELIVERY_END },
      ]);
      return result.matchedCount;
    },
    async dropHost(host, at) {
      const result = await collection.updateMany(
        { host, state: 'pending' },
        {
          $set: { state: 'dropped', ...endedAt(at) },
          $pull: { outbox: { kind: DELIVER } },
        },
      );
      return result.modifiedCount;
    },
  };
}

function toDocument(delivery: NewDelivery, now: Date): DeliveryDocument {
  const _id = documentId(delivery.activityId, delivery.inbox);
  return {
    _id,
    ...delivery,
    state: 'pending',
    attempts: 0,
    createdAt: now,
    nextAt: now,
    outbox: [promise(DELIVER, _id, new Date(now.getTime() + FIRST_LOOK_MS))],
  };
}

/** Rows that are asked for at the same time are read together. */
function createReadGroup(collection: Collection<DeliveryDocument>) {
  return createWriteGroup<string, { readonly delivery: Delivery | undefined }>(async (ids) => {
    const documents = await collection.find({ _id: { $in: [...ids] } }).toArray();
    const found = new Map(documents.map((document) => [document._id, toDelivery(document)]));
    return ids.map((id) => ({ ok: true, value: { delivery: found.get(id) } }));
  });
}

function endAs(
  state: 'delivered' | 'failed' | 'dropped',
  attempt: DeliveryAttempt,
): UpdateFilter<DeliveryDocument> {
  return {
    $set: {
      state,
      ...endedAt(attempt.at),
      ...lastOf(attempt),
      ...(state === 'failed' && { failure: failureOf(attempt) }),
    },
    $inc: { attempts: state === 'dropped' ? 0 : 1 },
    $pull: { outbox: { kind: DELIVER } },
  };
}

function endedAt(at: Date) {
  return { endedAt: at, expiresAt: new Date(at.getTime() + KEPT_MS) };
}

function failureOf({ at, error = 'no reason is known' }: DeliveryAttempt): FailureRecord {
  return { kind: DELIVER, reason: error, at };
}

function lastOf({ status, error }: DeliveryAttempt) {
  return {
    ...(status !== undefined && { lastStatus: status }),
    ...(error !== undefined && { lastError: error }),
  };
}

function toDelivery({
  _id,
  outbox: _outbox,
  expiresAt: _expiresAt,
  failure: _failure,
  ...delivery
}: DeliveryDocument): Delivery {
  return { deliveryId: _id, ...delivery };
}
