import { AppError } from '@artdag/errors';
import {
  type Asset,
  type ClaimState,
  decideClaim,
  hasPictureToFetch,
  type PictureState,
  type RegisteredAsset,
} from '@artdag/registry';
import type { Collection, Filter } from 'mongodb';
import type { Position } from '../cursor.ts';
import type { AssetDocument } from '../documents.ts';
import { createInsertGroup, type InsertResult, insertMissing } from '../insert-group.ts';
import { createOutbox, type Outbox, promise } from '../outbox.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';
import { createUpdateGroup } from '../update-group.ts';

/** Narrows a list of assets; every property that is set must match. */
export interface AssetFilter {
  readonly assetType?: string;
  readonly tag?: string;
  readonly owner?: string;
  readonly state?: ClaimState;
  /** A part of the name, in any case. */
  readonly nameContains?: string;
}

/** An asset that is to be claimed by the Create `activityId`. */
export interface NewAsset extends Asset {
  readonly owner: string;
  readonly registeredAt: Date;
  readonly activityId: string;
}

/** What became of a wish to claim a name, with the asset that has it now. */
export interface ClaimOutcome {
  readonly kind: 'claimed' | 'same-claim' | 'name-taken';
  readonly asset: RegisteredAsset;
}

/** The assets of the registry. */
export interface AssetRepository {
  readonly outbox: Outbox;
  /** Writes the asset with the promise to sign its Create, or says that the name is taken. */
  insert(asset: NewAsset): Promise<InsertResult>;
  /** {@link AssetRepository.insert}, and what has the name where it is taken. */
  claim(asset: NewAsset): Promise<ClaimOutcome>;
  /** Those of these hashes that some asset has. */
  knownHashes(contentHashes: readonly string[]): Promise<ReadonlySet<string>>;
  /** Adds assets whose claims need nothing done any more; names that are taken stay as they are. */
  import(assets: readonly RegisteredAsset[]): Promise<void>;
  find(name: string): Promise<RegisteredAsset | undefined>;
  findByActivity(activityId: string): Promise<RegisteredAsset | undefined>;
  /** Assets of these content hashes in the order of their registration, at most `limit`. */
  listByHashes(contentHashes: readonly string[], limit: number): Promise<RegisteredAsset[]>;
  count(): Promise<number>;
  /** Assets in the order of their registration, read as they are asked for. */
  stream(filter: AssetFilter, signal?: AbortSignal): AsyncIterable<RegisteredAsset>;
  page(filter: AssetFilter, after: Position | undefined, limit: number): Promise<RegisteredAsset[]>;
  /** Assets with those that were registered last in front, before a place. */
  latest(
    filter: AssetFilter,
    before: Position | undefined,
    limit: number,
  ): Promise<RegisteredAsset[]>;
  /** Marks the claim as signed and keeps the promise. A second time changes nothing. */
  settleClaim(activityId: string): Promise<void>;
  /** Takes the claim of an asset back; its name stays taken. A second time changes nothing. */
  withdraw(activityId: string): Promise<void>;
  /** Records what became of the picture and keeps the promise to fetch it. A second time changes nothing. */
  settlePicture(activityId: string, state: PictureState, at: Date): Promise<void>;
  /** Gives up to fetch the picture, for the operator to see. */
  failPicture(activityId: string, reason: string, at: Date): Promise<void>;
  /** Sets a claim aside that cannot be signed, for the operator to see. */
  failClaim(activityId: string, reason: string, at: Date): Promise<void>;
}

/** Kinds of the promises that an asset carries. */
const SIGN_ACTIVITY = 'sign-activity';
const FETCH_PICTURE = 'fetch-picture';

/** Claims that could not be signed. */
export function setAsideClaims(collection: Collection<AssetDocument>): SetAside {
  return createSetAside(collection, {
    kinds: [SIGN_ACTIVITY],
    workId: 'activityId',
    failed: { state: 'failed' },
    restored: () => ({ state: 'pending' }),
    dropped: () => ({ state: 'failed' }),
  });
}

/** Pictures whose address did not answer. */
export function setAsidePictures(collection: Collection<AssetDocument>): SetAside {
  return createSetAside(collection, { kinds: [FETCH_PICTURE], workId: 'activityId' });
}

/** {@link AssetRepository} over the collection `assets`. */
export function createAssetRepository(collection: Collection<AssetDocument>): AssetRepository {
  const insert = createInsertGroup(collection);
  const update = createUpdateGroup(collection);
  const settlePicture = async (activityId: string, state: PictureState, at: Date) => {
    await collection.updateOne(
      { activityId, 'outbox.kind': FETCH_PICTURE },
      { $set: { picture: { state, at } }, $pull: { outbox: { kind: FETCH_PICTURE } } },
    );
  };
  const one = async (filter: Filter<AssetDocument>) => {
    const document = await collection.findOne(filter);
    return document ? toAsset(document) : undefined;
  };
  async function claim(asset: NewAsset): Promise<ClaimOutcome> {
    if ((await insert(toDocument(asset))) === 'inserted')
      return { kind: 'claimed', asset: { ...asset, state: 'pending' } };
    const existing = await one({ _id: asset.name });
    if (existing) return { kind: decideClaim(existing, asset), asset: existing };
    throw new AppError('unavailable', 'The asset was there and cannot be read.');
  }
  return {
    outbox: createOutbox(collection),
    insert: (asset) => insert(toDocument(asset)),
    claim,
    async knownHashes(contentHashes) {
      const known = await collection.distinct('contentHash', {
        contentHash: { $in: [...contentHashes] },
      });
      return new Set(known);
    },
    import: (assets) =>
      insertMissing(
        collection,
        assets.map(({ name, ...rest }) => ({ _id: name, ...rest })),
      ),
    find: (name) => one({ _id: name }),
    findByActivity: (activityId) => one({ activityId }),
    async listByHashes(contentHashes, limit) {
      const documents = await collection
        .find({ contentHash: { $in: [...contentHashes] } })
        .sort({ registeredAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map(toAsset);
    },
    count: () => collection.estimatedDocumentCount(),
    async *stream(filter, signal) {
      const cursor = collection
        .find(toQuery(filter), { batchSize: 1000 })
        .sort({ registeredAt: 1, _id: 1 });
      for await (const document of cursor) {
        if (signal?.aborted) return;
        yield toAsset(document);
      }
    },
    async page(filter, after, limit) {
      const query = after ? { $and: [toQuery(filter), isAfter(after)] } : toQuery(filter);
      const documents = await collection
        .find(query)
        .sort({ registeredAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map(toAsset);
    },
    async latest(filter, before, limit) {
      const query = before ? { $and: [toQuery(filter), isBefore(before)] } : toQuery(filter);
      const documents = await collection
        .find(query)
        .sort({ registeredAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return documents.map(toAsset);
    },
    settleClaim: (activityId) =>
      update({
        updateOne: {
          filter: { activityId, state: { $in: ['pending', 'failed'] } },
          update: {
            $set: { state: 'signed' },
            $unset: { failure: 1 },
            $pull: { outbox: { kind: SIGN_ACTIVITY } },
          },
        },
      }),
    async withdraw(activityId) {
      await collection.updateOne({ activityId }, { $set: { state: 'withdrawn' } });
    },
    settlePicture,
    async failPicture(activityId, reason, at) {
      // What has become of the claim matters more, so its failure stays.
      const filter = { activityId, 'outbox.kind': FETCH_PICTURE, failure: { $exists: false } };
      await collection.updateOne(filter, {
        $set: {
          picture: { state: 'unreachable', at },
          failure: { kind: FETCH_PICTURE, reason, at },
        },
        $pull: { outbox: { kind: FETCH_PICTURE } },
      });
      await settlePicture(activityId, 'unreachable', at);
    },
    async failClaim(activityId, reason, at) {
      await collection.updateOne(
        { activityId, state: 'pending' },
        {
          $set: { state: 'failed', failure: { kind: SIGN_ACTIVITY, reason, at } },
          $pull: { outbox: { kind: SIGN_ACTIVITY } },
        },
      );
    },
  };
}

function toDocument(asset: NewAsset): AssetDocument {
  const { name, ...rest } = asset;
  return {
    _id: name,
    ...rest,
    state: 'pending',
    outbox: [
      promise(SIGN_ACTIVITY, asset.activityId, asset.registeredAt),
      ...(hasPictureToFetch(asset)
        ? [promise(FETCH_PICTURE, asset.activityId, asset.registeredAt)]
        : []),
    ],
  };
}

function toAsset(document: AssetDocument): RegisteredAsset {
  const { _id, outbox: _outbox, failure: _failure, original: _original, ...asset } = document;
  return { name: _id, ...asset };
}

function toQuery(filter: AssetFilter): Filter<AssetDocument> {
  return {
    ...(filter.assetType !== undefined && { assetType: filter.assetType }),
    ...(filter.tag !== undefined && { tags: filter.tag }),
    ...(filter.owner !== undefined && { owner: filter.owner }),
    ...(filter.state !== undefined && { state: filter.state }),
    ...(filter.nameContains !== undefined && {
      _id: {
        $regex: filter.nameContains.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`),
        $options: 'i',
      },
    }),
  };
}

function isAfter({ at, id }: Position): Filter<AssetDocument> {
  return { $or: [{ registeredAt: { $gt: at } }, { registeredAt: at, _id: { $gt: id } }] };
}

function isBefore({ at, id }: Position): Filter<AssetDocument> {
  return { $or: [{ registeredAt: { $lt: at } }, { registeredAt: at, _id: { $lt: id } }] };
}
