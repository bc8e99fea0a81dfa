import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** A file that is written piece by piece, for its owner's eyes only. */
export interface TextFile extends AsyncDisposable {
  write(text: string): Promise<void>;
  /** Writes what is left to the disk. Returns the SHA-256 of the file in hex. */
  end(): Promise<string>;
}

const PRIVATE = 0o600;
const CHUNK_CHARACTERS = 256 * 1024;

/** Creates a {@link TextFile}. */
export async function createTextFile(path: string): Promise<TextFile> {
  const file = await open(path, 'wx', PRIVATE);
  const hash = createHash('sha256');
  let waiting = '';
  async function flush() {
    const bytes = Buffer.from(waiting);
    waiting = '';
    hash.update(bytes);
    await file.writeFile(bytes);
  }
  return {
    async write(text) {
      waiting += text;
      if (waiting.length >= CHUNK_CHARACTERS) await flush();
    },
    async end() {
      await flush();
      await file.sync();
      return hash.digest('hex');
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
