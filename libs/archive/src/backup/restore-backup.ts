import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@artdag/errors';
import { copyKeys } from '@artdag/keyring';
import type { Store } from '@artdag/store';
import { type KeyPlan, planKeys } from '../import/plan-keys.ts';
import { type BackupManifest, readManifest } from './manifest.ts';
import { readLines } from './read-lines.ts';

/** What a restore works with. */
export interface RestoreOptions {
  readonly directory: string;
  readonly store: Pick<Store, 'backup'>;
  readonly keyDirectory: string;
  /** Only check the backup and the database. */
  readonly isDryRun: boolean;
  /** Told how far it is: documents done, and all there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a restore came to. */
export interface RestoreReport {
  readonly collections: Readonly<Record<string, number>>;
  /** Users whose keys were not there yet. */
  readonly keys: number;
}

/**
 * Restores a backup into an empty database. One that was cut off is gone on with by running it again;
 * until it has ended, the database says so.
 *
 * @throws AppError `not-found`, `malformed-request` for what is no whole backup, `conflict` where the
 * database is not empty or another backup is being restored, `key-exists`. Nothing is written then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { directory, store, keyDirectory, isDryRun } = options;
  const { manifest, text } = await readManifest(directory);
  await checkFiles(directory, manifest);
  const source = createHash('sha256').update(text).digest('hex');
  await refuseOtherDocuments(source, store);
  const keyPlan = await planKeysOf(directory, keyDirectory);
  if (!isDryRun) {
    await store.backup.begin('restore', source);
    await load(manifest, options);
    for (const copy of keyPlan.copies) if (copy.hasPrivateKey) await copyKeys(copy, keyDirectory);
    await store.backup.end('restore');
  }
  const counts = Object.entries(manifest.collections).map(([name, { documents }]) => [
    name,
    documents,
  ]);
  const keys = keyPlan.copies.filter(({ missing }) => missing.length > 0).length;
  return { collections: Object.fromEntries(counts), keys };
}

async function checkFiles(directory: string, { collections }: BackupManifest): Promise<void> {
  for (const [name, { sha256 }] of Object.entries(collections)) {
    const hash = createHash('sha256');
    const path = pathOf(directory, name);
    try {
      for await (const chunk of createReadStream(path)) hash.update(chunk);
    } catch (cause) {
      throw new AppError('malformed-request', `${path} cannot be read: the backup is not whole.`, {
        cause,
      });
    }
    if (hash.digest('hex') === sha256) continue;
    throw new AppError(
      'malformed-request',
      `${path} is not as it was written: the backup is not whole.`,
    );
  }
}

async function refuseOtherDocuments(source: string, { backup }: RestoreOptions['store']) {
  const running = await backup.unfinished('restore');
  if (running === source) return;
  if (running !== undefined) {
    throw new AppError(
      'conflict',
      'Another backup is being restored into this database: go on with that one, or name an empty database.',
    );
  }
  const [first] = await backup.collections();
  if (first === undefined) return;
  throw new AppError(
    'conflict',
    `The database is not empty, it has ${first}: a backup is restored into an empty one only. Name another in MONGODB_URL or ARTDAG_DATA.`,
  );
}

async function planKeysOf(directory: string, to: string): Promise<KeyPlan> {
  const from = join(directory, 'keys');
  const keyFiles = await readdir(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return planKeys({ keyDirectory: from, keyFiles }, to);
}

async function load(
  { collections }: BackupManifest,
  { directory, store, onProgress }: RestoreOptions,
): Promise<void> {
  const total = Object.values(collections).reduce((sum, { documents }) => sum + documents, 0);
  let done = 0;
  for (const name of Object.keys(collections)) {
    for await (const lines of readLines(pathOf(directory, name))) {
      await store.backup.load(name, lines);
      done += lines.length;
      onProgress?.(done, total);
    }
  }
}

function pathOf(directory: string, collection: string): string {
  return join(directory, `${collection}.ndjson`);
}
