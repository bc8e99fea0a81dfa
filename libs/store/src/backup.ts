import { BSON, type Db } from 'mongodb';
import { insertMissing } from './insert-group.ts';

/** The whole database as text: every document of every collection, with the types of its values. */
export interface Backup {
  /** Names of the collections that have documents, in their order. */
  collections(): Promise<string[]>;
  /** Each document of a collection as one line of Extended JSON, in the order of `_id`. */
  dump(collection: string): AsyncIterable<string>;
  /**
   * Adds the documents of some lines; those that are there already stay.
   *
   * @throws SyntaxError for a line that is no Extended JSON.
   */
  load(collection: string, lines: readonly string[]): Promise<void>;
  /** What is being restored into this database now; undefined where nothing is. */
  restoring(): Promise<string | undefined>;
  beginRestore(source: string): Promise<void>;
  endRestore(): Promise<void>;
}

interface Marker {
  readonly _id: 'restore';
  readonly source: string;
}

/** Holds the marker of a restore that has not ended: no part of a backup. */
const MARKERS = 'restores';
const BATCH = 200;

/** {@link Backup} of a database. */
export function createBackup(database: Db): Backup {
  const markers = database.collection<Marker>(MARKERS);
  return {
    async collections() {
      const all = await database.listCollections({}, { nameOnly: true }).toArray();
      const names = all
        .map(({ name }) => name)
        .filter((name) => name !== MARKERS && !name.startsWith('system.'))
        .sort();
      const counts = await Promise.all(
        names.map((name) => database.collection(name).countDocuments({}, { limit: 1 })),
      );
      return names.filter((_, index) => counts[index] !== 0);
    },
    async *dump(collection) {
      const options = { sort: { _id: 1 as const }, batchSize: BATCH, promoteValues: false };
      for await (const document of database.collection(collection).find({}, options)) {
        yield BSON.EJSON.stringify(document, { relaxed: false });
      }
    },
    load: (collection, lines) =>
      insertMissing(
        database.collection(collection),
        lines.map((line) => BSON.EJSON.parse(line, { relaxed: false })),
      ),
    restoring: async () => (await markers.findOne({ _id: 'restore' }))?.source,
    async beginRestore(source) {
      await markers.updateOne({ _id: 'restore' }, { $set: { source } }, { upsert: true });
    },
    async endRestore() {
      await markers.drop();
    },
  };
}
