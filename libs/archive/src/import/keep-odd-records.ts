import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { OddRecordDocument } from '@artdag/store';
import { ARCHIVE_FILES, type ArchiveFile, pathOf } from '../archive-files.ts';
import type { Element } from '../json-file/element-scanner.ts';
import type { ImportRun } from './import-run.ts';
import { PART_BYTES, readOddParts } from './odd-parts.ts';

/** A record that cannot be taken as it is, and why. */
export interface OddElement {
  readonly element: Element;
  readonly reason: string;
}

/** Keeps records as they stand in their file: one document for each, several for one that is large. */
export async function keepOddRecords(
  odd: readonly OddElement[],
  file: ArchiveFile,
  { store, directory }: Pick<ImportRun, 'store' | 'directory'>,
): Promise<void> {
  const { oddRecords } = store.documents;
  const small: OddRecordDocument[] = [];
  for (const { element, reason } of odd) {
    const record = { file: ARCHIVE_FILES[file].name, key: keyOf(element), reason };
    if (element.length <= PART_BYTES) {
      small.push(buildOddRecord({ ...record, text: textOf(element.bytes) }));
      continue;
    }
    for await (const { bytes, offset, of } of readOddParts(pathOf(directory, file), element)) {
      const part = { of, offset, length: element.length };
      await oddRecords.insertMissing([buildOddRecord({ ...record, text: textOf(bytes), part })]);
    }
  }
  if (small.length > 0) await oddRecords.insertMissing(small);
}

/** An odd record under an `_id` that follows from what it is. */
export function buildOddRecord(record: Omit<OddRecordDocument, '_id'>): OddRecordDocument {
  const { file, key, text, part } = record;
  const identity = part ? [file, key, text, part.of, part.offset] : [file, key, text];
  return { _id: hash('sha256', JSON.stringify(identity)), ...record };
}

function keyOf({ key }: Element): string | null {
  return key?.toWellFormed() ?? null;
}

function textOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
