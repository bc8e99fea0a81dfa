import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { OddRecordDocument } from '@artdag/store';
import { ARCHIVE_FILES, type ArchiveFile, pathOf } from '../archive-files.ts';
import type { ElementPlace } from '../json-file/element-scanner.ts';
import type { ImportRun } from './import-run.ts';
import { readOddParts } from './odd-parts.ts';

/** A record that cannot be taken as it is, and why. */
export interface OddElement {
  readonly place: ElementPlace;
  readonly reason: string;
}

const BATCH_BYTES = 4 * 1024 * 1024;

/** Keeps records as they stand in their file: one document for each, several for one that is large. */
export async function keepOddRecords(
  odd: readonly OddElement[],
  file: ArchiveFile,
  { store, directory }: Pick<ImportRun, 'store' | 'directory'>,
): Promise<void> {
  if (odd.length === 0) return;
  const { oddRecords } = store.documents;
  await using handle = await open(pathOf(directory, file), 'r');
  let batch: OddRecordDocument[] = [];
  let bytes = 0;
  for await (const record of readOddRecords(odd, file, handle)) {
    batch.push(record);
    bytes += record.text.length;
    if (bytes < BATCH_BYTES) continue;
    await oddRecords.insertMissing(batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await oddRecords.insertMissing(batch);
}

async function* readOddRecords(
  odd: readonly OddElement[],
  file: ArchiveFile,
  handle: FileHandle,
): AsyncGenerator<OddRecordDocument> {
  const { name } = ARCHIVE_FILES[file];
  for (const { place, reason } of odd) {
    const key = place.key?.toWellFormed() ?? null;
    for await (const { bytes, part } of readOddParts(handle, place)) {
      yield buildOddRecord({ file: name, key, reason, text: textOf(bytes), ...(part && { part }) });
    }
  }
}

/** An odd record under an `_id` that follows from what it is. */
export function buildOddRecord(record: Omit<OddRecordDocument, '_id'>): OddRecordDocument {
  const { file, key, text, part } = record;
  const identity = part ? [file, key, text, part.of, part.offset] : [file, key, text];
  return { _id: hash('sha256', JSON.stringify(identity)), ...record };
}

function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
