import { createTextFile } from './text-file.ts';

/** A JSON file of records, one a line. */
export interface RecordFile extends AsyncDisposable {
  /** Adds a record, with its key where the file is a map. */
  add(record: string, key?: string): Promise<void>;
  /** Ends the file. Returns how many records it has. */
  end(): Promise<number>;
}

/** Creates a {@link RecordFile} between the texts `head` and `tail`. */
export async function createRecordFile(
  path: string,
  head: string,
  tail: string,
): Promise<RecordFile> {
  const file = await createTextFile(path);
  await file.write(head);
  let count = 0;
  return {
    async add(record, key) {
      const separator = count === 0 ? '\n' : ',\n';
      const name = key === undefined ? '' : `${JSON.stringify(key)}: `;
      count += 1;
      await file.write(`${separator}${name}${record}`);
    },
    async end() {
      await file.write(`\n${tail}\n`);
      await file.end();
      return count;
    },
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}
