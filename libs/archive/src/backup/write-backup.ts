import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '@artdag/store';
import { exportKeys } from '../export/export-keys.ts';
import { makeDirectory } from '../export/new-directory.ts';
import { createTextFile } from '../export/text-file.ts';
import { BACKUP_FORMAT, type BackupManifest, MANIFEST } from './manifest.ts';

/** What a backup works with. */
export interface BackupOptions {
  /** A directory that is not there yet, or is empty. */
  readonly directory: string;
  readonly store: Pick<Store, 'backup'>;
  readonly keyDirectory: string;
  readonly withPrivateKeys: boolean;
  readonly now: Date;
}

/** What a backup has. */
export interface BackupReport {
  readonly collections: Readonly<Record<string, number>>;
  /** Users who have keys. */
  readonly keys: number;
}

/**
 * Writes every document of every collection, one a line, with the types of its values, and the keys.
 *
 * Each document is as it was when it was read: one write of a server is in it whole or not at all.
 * Documents that come in while it runs may be in it or not; what they promise is kept after a restore.
 *
 * @throws AppError `conflict` where something else is there already.
 */
export function writeBackup(options: BackupOptions): Promise<BackupReport> {
  return makeDirectory(options.directory, (directory) => fill({ ...options, directory }));
}

async function fill({ directory, store, ...options }: BackupOptions): Promise<BackupReport> {
  const collections: Record<string, BackupManifest['collections'][string]> = {};
  for (const name of await store.backup.collections()) {
    await using file = await createTextFile(join(directory, `${name}.ndjson`));
    let documents = 0;
    for await (const line of store.backup.dump(name)) {
      await file.write(`${line}\n`);
      documents += 1;
    }
    collections[name] = { documents, sha256: await file.end() };
  }
  const createdAt = options.now.toISOString();
  const manifest: BackupManifest = { ...BACKUP_FORMAT, createdAt, collections };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  await writeFile(join(directory, MANIFEST), text, { mode: 0o600 });
  const keys = await exportKeys(options.keyDirectory, directory, options.withPrivateKeys);
  const counts = Object.entries(collections).map(([name, { documents }]) => [name, documents]);
  return { collections: Object.fromEntries(counts), keys };
}
