import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@artdag/errors';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** Name of the file that says what a backup has. */
export const MANIFEST = 'manifest.json';

/** What tells a backup from other directories. */
export const BACKUP_FORMAT = { format: 'artdag-l2-backup', version: 1 } as const;

const Manifest = Type.Object({
  format: Type.Literal(BACKUP_FORMAT.format),
  version: Type.Literal(BACKUP_FORMAT.version),
  createdAt: Type.String(),
  collections: Type.Record(
    Type.String({ pattern: '^[a-z][a-z_]{0,63}$' }),
    Type.Object({ documents: Type.Integer({ minimum: 0 }), sha256: Type.String() }),
  ),
});

/** What a backup has, and by which its files are checked. */
export type BackupManifest = Static<typeof Manifest>;

/**
 * Reads the manifest of a backup, with its exact text.
 *
 * @throws AppError `not-found` where there is no backup; `malformed-request` where it is none of ours.
 */
export async function readManifest(
  directory: string,
): Promise<{ readonly manifest: BackupManifest; readonly text: string }> {
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new AppError('not-found', `${directory} is no backup: it has no ${MANIFEST}.`, { cause });
  });
  const manifest = parseOrNothing(text);
  if (Value.Check(Manifest, manifest)) return { manifest, text };
  throw new AppError('malformed-request', `${MANIFEST} is not one that this version writes.`);
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
