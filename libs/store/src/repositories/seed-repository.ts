import type { Db, Document, Filter } from 'mongodb';
import type { AssetDocument } from '../documents.ts';

/** The world of development that `dev seed` makes: by these marks it is found again. */
export interface Seed {
  /** Its users. Whatever is theirs is the seed's. */
  readonly usernames: readonly string[];
  /** IRIs of those users as actors. */
  readonly actorIris: readonly string[];
  /** Its L1. */
  readonly studio: string;
  /** Other L1s that were not known before. */
  readonly l1Servers: readonly string[];
  /** Address that its users log in from while it is made. */
  readonly address: string;
  readonly begunAt: Date;
  /** Whether all of it is there. */
  readonly isWhole: boolean;
}

/** A world of development in the database, and how to take it away. */
export interface SeedRepository {
  find(): Promise<Seed | undefined>;
  /** Marks what is going to be made, before anything is. */
  begin(seed: Omit<Seed, 'isWhole'>): Promise<void>;
  finish(): Promise<void>;
  /** Promises of its users that are not kept yet. */
  countPromises(seed: Seed): Promise<number>;
  /** What it consists of, by collection. */
  count(seed: Seed): Promise<SeedCounts>;
  /** Takes all of it away and the mark last, so that a removal that is cut off can be done again. */
  remove(seed: Seed): Promise<SeedCounts>;
  /** Whether servers but the one of `ownHost` have ever been sent anything, or have sent anything. */
  hasMetOthers(ownHost: string): Promise<boolean>;
}

/** Documents by collection. */
export type SeedCounts = Readonly<Record<string, number>>;

interface SeedDocument extends Seed {
  readonly _id: typeof WORLD;
}

/** Documents of one collection. */
interface Part {
  readonly collection: string;
  readonly filter: Filter<AnyDocument>;
}

interface AnyDocument extends Document {
  readonly _id: string;
}

const WORLD = 'world';
const SEEDS = 'seeds';
/** Collections whose documents promise work. */
const PROMISING = new Set(['users', 'assets', 'activities', 'runs']);

/** {@link SeedRepository} over the collection `seeds` and all that a user can leave behind. */
export function createSeedRepository(database: Db): SeedRepository {
  const marks = database.collection<SeedDocument>(SEEDS);
  const at = (name: string) => database.collection<AnyDocument>(name);
  const countPart = ({ collection, filter }: Part) => at(collection).countDocuments(filter);

  /** Pictures are kept by their hash: others who have registered the same bytes keep theirs. */
  async function picturesOf({ usernames }: Seed): Promise<Part> {
    const assets = database.collection<AssetDocument>('assets');
    const own = await assets.distinct('contentHash', { owner: { $in: [...usernames] } });
    const others = { contentHash: { $in: own }, owner: { $nin: [...usernames] } };
    const shared = new Set(await assets.distinct('contentHash', others));
    const hashes = own.filter((hash) => !shared.has(hash));
    return { collection: 'pictures', filter: { _id: { $in: hashes } } };
  }

  /** Pictures first: which they are shows by the assets. */
  const partsOf = async (seed: Seed) => [await picturesOf(seed), ...belongingsOf(seed)];

  return {
    async find() {
      const document = await marks.findOne({ _id: WORLD });
      if (!document) return undefined;
      const { _id, ...seed } = document;
      return seed;
    },
    async begin(seed) {
      await marks.insertOne({ _id: WORLD, ...seed, isWhole: false });
    },
    async finish() {
      await marks.updateOne({ _id: WORLD }, { $set: { isWhole: true } });
    },
    async countPromises(seed) {
      const promising = belongingsOf(seed)
        .filter(({ collection }) => PROMISING.has(collection))
        .map(({ collection, filter }) => ({
          collection,
          filter: { ...filter, 'outbox.0': { $exists: true } },
        }));
      const counts = await Promise.all(promising.map(countPart));
      return counts.reduce((total, promises) => total + promises, 0);
    },
    async count(seed) {
      const parts = await partsOf(seed);
      const counts = await Promise.all(parts.map(countPart));
      return toCounts(parts.map(({ collection }, index) => [collection, counts[index] ?? 0]));
    },
    async remove(seed) {
      const removed: [string, number][] = [];
      for (const { collection, filter } of await partsOf(seed)) {
        const { deletedCount } = await at(collection).deleteMany(filter);
        removed.push([collection, deletedCount]);
      }
      await marks.deleteOne({ _id: WORLD });
      return toCounts(removed);
    },
    async hasMetOthers(ownHost) {
      const traces: Part[] = [
        { collection: 'followers', filter: { host: { $ne: ownHost } } },
        { collection: 'following', filter: { state: { $ne: 'accepted' } } },
        ...['received_activities', 'deliveries', 'remote_actors'].map((collection) => ({
          collection,
          filter: {},
        })),
      ];
      const found = await Promise.all(
        traces.map(({ collection, filter }) => at(collection).findOne(filter)),
      );
      return found.some((document) => document !== null);
    },
  };
}

/** All that its users have, and what was noted while they made it. */
function belongingsOf({ usernames, actorIris, address, ...seed }: Seed): Part[] {
  const users = { $in: [...usernames] };
  const actors = { $in: [...actorIris] };
  const attempts = `^(login-account (${usernames.join('|')})|login-address ${address.replaceAll('.', '\\.')}) `;
  const unused = {
    _id: { $in: [...seed.l1Servers] },
    lastSuccessAt: { $exists: false },
    lastErrorAt: { $exists: false },
  };
  return [
    { collection: 'users', filter: { _id: users } },
    { collection: 'tokens', filter: { username: users } },
    { collection: 'assets', filter: { owner: users } },
    { collection: 'activities', filter: { actor: users } },
    { collection: 'runs', filter: { owner: users } },
    { collection: 'followers', filter: { $or: [{ username: users }, { actorIri: actors }] } },
    { collection: 'following', filter: { username: users } },
    { collection: 'reactions', filter: { actorIri: actors } },
    { collection: 'deliveries', filter: { actor: users } },
    { collection: 'received_activities', filter: { username: users } },
    { collection: 'l1_servers', filter: { $or: [{ _id: seed.studio }, unused] } },
    { collection: 'attempt_counts', filter: { _id: { $regex: attempts } } },
  ];
}

/** Collections in which there is something. */
function toCounts(counts: readonly (readonly [string, number])[]): SeedCounts {
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
