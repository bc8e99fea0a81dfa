import { BSON, type Db } from 'mongodb';
import { INDEX_SETS } from './indexes.ts';
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
  /** What is being moved into this database, and has not ended; undefined where nothing is. */
  unfinished(move: Move): Promise<string | undefined>;
  begin(move: Move, source: string): Promise<void>;
  end(move: Move): Promise<void>;
}

/** What moves documents in by many writes. */
export type Move = 'restore' | 'import';

interface Marker {
  readonly _id: Move;
  readonly source: string;
}

/** Holds a marker for each move that has not ended: no part of a backup. */
const MARKERS = 'moves';
const BATCH = 200;

/** {@link Backup} of a database. */
export function createBackup(database: Db): Backup {
  const markers = database.collection<Marker>(MARKERS);
  return {
    async collections() {
      const all = await database.listCollections({}, { nameOnly: true }).toArray();
      const names = all
        .map(({ name }) => name)
        .filter((name) => ![MARKERS, INDEX_SETS].includes(name) && !name.startsWith('system.'))
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
    unfinished: async (move) => (await markers.findOne({ _id: move }))?.source,
    async begin(move, source) {
      await markers.updateOne({ _id: move }, { $set: { source } }, { upsert: true });
    },
    async end(move) {
      await markers.deleteOne({ _id: move });
    },
  };
}
