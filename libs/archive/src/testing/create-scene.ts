import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIris } from '@artdag/activitypub';
import type { Store } from '@artdag/store';
import {
  createTestStore,
  ORIGINAL_BASE,
  type OriginalFiles,
  writeOriginalFiles,
} from '@artdag/testing';
import { importArchive } from '../import/import-archive.ts';
import type { ImportOptions } from '../import/import-options.ts';
import type { RecordOutcome } from '../import/import-report.ts';

/** A server without processes: a database and a key directory of its own. */
export interface Scene extends AsyncDisposable {
  readonly store: Store;
  readonly keyDirectory: string;
  /** A path in a folder that goes with the scene. */
  path(name: string): string;
  import(directory: string, options?: Partial<ImportOptions>): Promise<SceneReport>;
  /** Every document of what is imported, as text. */
  dump(): Promise<Record<string, string[]>>;
}

type SceneReport = Awaited<ReturnType<typeof importArchive>> & {
  readonly records: readonly RecordOutcome[];
};

const MOVED = ['assets', 'activities', 'users', 'followers', 'odd_records'];

/** An empty {@link Scene}. */
export async function createScene(mongodbUrl: string): Promise<Scene> {
  const root = await mkdtemp(join(tmpdir(), 'artdag-archive-'));
  const store = await createTestStore(mongodbUrl);
  const keyDirectory = join(root, 'server-keys');
  return {
    store,
    keyDirectory,
    path: (name) => join(root, name),
    async import(directory, options = {}) {
      const records: RecordOutcome[] = [];
      const report = await importArchive({
        directory,
        store,
        keyDirectory,
        iris: createIris(ORIGINAL_BASE),
        firstUser: 'giles',
        isDryRun: false,
        withRepairs: false,
        onRecord: (record) => records.push(record),
        ...options,
      });
      return { ...report, records };
    },
    async dump() {
      const texts: Record<string, string[]> = {};
      for (const name of MOVED) {
        texts[name] = await Array.fromAsync(store.backup.dump(name), sortMembers);
      }
      return texts;
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Neither the order of members nor an outbox without promises makes a difference. */
function sortMembers(line: string): string {
  const { outbox, ...rest } = JSON.parse(line);
  const members = Object.entries(outbox?.length > 0 ? { outbox, ...rest } : rest);
  return JSON.stringify(Object.fromEntries(members.sort(([one], [two]) => (one < two ? -1 : 1))));
}

/** A directory of these files in a scene. */
export async function makeDirectoryOf(
  scene: Scene,
  name: string,
  files: OriginalFiles,
): Promise<string> {
  const directory = scene.path(name);
  await writeOriginalFiles(directory, files);
  return directory;
}

/** Every file below a directory, with its mode and the digest of its bytes. */
export async function fingerprint(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const { mode, mtimeMs } = await stat(path);
    const bytes = entry.isFile() ? await readFile(path) : Buffer.alloc(0);
    const digest = createHash('sha256').update(bytes).digest('hex');
    found[path] = `${mode.toString(8)} ${mtimeMs} ${digest}`;
  }
  return found;
}
