import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { ActivityDocument, DocumentRepository, OddRecordDocument } from '@artdag/store';
import { ARCHIVE_FILES, type ArchiveFile, pathOf } from '../archive-files.ts';
import type { Element } from '../json-file/element-scanner.ts';
import { readElements } from '../json-file/read-elements.ts';
import type { Reading } from '../records/reading.ts';
import { digest } from './claim-index.ts';
import type { RecordOutcome } from './import-report.ts';
import type { ImportRun } from './import-run.ts';

/** A record as it is to be stored, and what the report says of it. */
export interface Taken<D> {
  readonly document: D;
  readonly verified?: ActivityDocument['verified'];
  readonly note?: string | undefined;
  /** Told of the document that stands for the record in the end, unless the record is odd. */
  accept?(stored: D): void;
}

/** How a document that is there already meets the one that is wanted under its `_id`. */
export type Meeting<D> =
  | 'same'
  | 'conflict'
  /** The one that is there becomes more complete. */
  | { readonly expected: Partial<D>; readonly values: Partial<D> };

/** What the records of one file become. */
export interface RecordKind<D extends { readonly _id: string }> {
  readonly file: ArchiveFile;
  readonly documents: DocumentRepository<D>;
  take(element: Element): Promise<Reading<Taken<D>>> | Reading<Taken<D>>;
  meet(existing: D, wanted: D): Meeting<D>;
}

type Read<D> = { readonly element: Element; readonly reading: Reading<Taken<D>> };

const OPEN_MAP = 0x7b;
const OPEN_LIST = 0x5b;
const BATCH_RECORDS = 200;
const BATCH_BYTES = 2 * 1024 * 1024;

/**
 * Imports the records of a file, some at a time. Whatever was done before is found and left as it
 * is, so that a run that was cut off is done again from the start.
 */
export async function importElements<D extends { readonly _id: string }>(
  kind: RecordKind<D>,
  run: ImportRun,
): Promise<void> {
  if (!run.archive.files.has(kind.file)) return;
  const seen = new Set<string>();
  let batch: Read<D>[] = [];
  let bytes = 0;
  const { containers } = ARCHIVE_FILES[kind.file];
  for await (const element of readElements(pathOf(run.directory, kind.file), containers)) {
    if (!isRecord(element)) continue;
    batch.push({ element, reading: refuseRepeated(await kind.take(element), seen) });
    bytes += element.bytes.length;
    if (batch.length < BATCH_RECORDS && bytes < BATCH_BYTES) continue;
    await settle(batch, kind, run);
    batch = [];
    bytes = 0;
  }
  await settle(batch, kind, run);
}

/** Members such as `version` stand beside the records of a file whose root is a map. */
export function isRecord({ container, key, bytes }: Element): boolean {
  const isScalar = bytes[0] !== OPEN_MAP && bytes[0] !== OPEN_LIST;
  return container !== null || key === null || !isScalar;
}

function refuseRepeated<D extends { readonly _id: string }>(
  reading: Reading<Taken<D>>,
  seen: Set<string>,
): Reading<Taken<D>> {
  if (!reading.ok) return reading;
  const { _id } = reading.value.document;
  const key = digest(_id);
  if (seen.has(key)) {
    return { ok: false, id: _id.slice(0, 128), reason: 'its id is that of a record before it' };
  }
  seen.add(key);
  return reading;
}

async function settle<D extends { readonly _id: string }>(
  batch: readonly Read<D>[],
  kind: RecordKind<D>,
  run: ImportRun,
): Promise<void> {
  if (batch.length === 0) return;
  const ids = batch.flatMap(({ reading }) => (reading.ok ? [reading.value.document._id] : []));
  const existing = ids.length > 0 ? await kind.documents.find(ids) : new Map<string, D>();
  const wanted: D[] = [];
  const odd: OddRecordDocument[] = [];
  const outcomes: RecordOutcome[] = [];
  for (const { element, reading } of batch) {
    const decision = decide(reading, existing, kind);
    const position = positionOf(element, kind.file);
    if (decision.outcome === 'odd') odd.push(oddRecord(element, decision.reason, kind.file));
    else if (reading.ok && decision.outcome === 'imported') wanted.push(reading.value.document);
    else if (reading.ok && decision.change && !run.isDryRun) {
      const { expected, values } = decision.change;
      await kind.documents.change(reading.value.document._id, expected, values);
    }
    if (reading.ok && decision.outcome !== 'odd') {
      const there = existing.get(reading.value.document._id) ?? reading.value.document;
      reading.value.accept?.({ ...there, ...decision.change?.values });
    }
    const { change: _change, ...outcome } = decision;
    outcomes.push({ position, ...outcome });
  }
  if (!run.isDryRun) {
    if (wanted.length > 0) await kind.documents.insertMissing(wanted);
    if (odd.length > 0) await run.store.documents.oddRecords.insertMissing(odd);
  }
  for (const outcome of outcomes) run.reporter.tell(ARCHIVE_FILES[kind.file].name, outcome);
}

type Decision<D> = Omit<RecordOutcome, 'position'> & {
  readonly change?: Exclude<Meeting<D>, string>;
} & (
    | { readonly outcome: 'odd'; readonly reason: string }
    | { readonly outcome: 'imported' | 'there' | 'changed' }
  );

function decide<D extends { readonly _id: string }>(
  reading: Reading<Taken<D>>,
  existing: ReadonlyMap<string, D>,
  kind: RecordKind<D>,
): Decision<D> {
  if (!reading.ok) return { id: reading.id, outcome: 'odd', reason: reading.reason };
  const { document, verified, note } = reading.value;
  const told = {
    id: document._id,
    ...(verified !== undefined && { verified }),
    ...(note !== undefined && { reason: note }),
  };
  const there = existing.get(document._id);
  if (!there) return { ...told, outcome: 'imported' };
  const meeting = kind.meet(there, document);
  switch (meeting) {
    case 'same':
      return { ...told, outcome: 'there' };
    case 'conflict':
      return {
        id: document._id,
        outcome: 'odd',
        reason: 'this server has another one of its name',
      };
    default:
      return { ...told, outcome: 'changed', change: meeting };
  }
}

function oddRecord({ key, bytes }: Element, reason: string, file: ArchiveFile): OddRecordDocument {
  const { name } = ARCHIVE_FILES[file];
  const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
  return buildOddRecord({ file: name, key: key?.toWellFormed() ?? null, reason, text });
}

/** An odd record under an `_id` that follows from what it is. */
export function buildOddRecord(record: Omit<OddRecordDocument, '_id'>): OddRecordDocument {
  const { file, key, text } = record;
  return { _id: hash('sha256', JSON.stringify([file, key, text])), ...record };
}

function positionOf({ container, key, index }: Element, file: ArchiveFile): string {
  const place = key === null ? String(index) : key.replaceAll('~', '~0').replaceAll('/', '~1');
  const short = place.length > 80 ? `${place.slice(0, 80)}…` : place;
  return [ARCHIVE_FILES[file].name, ...(container === null ? [] : [container]), short].join('/');
}
