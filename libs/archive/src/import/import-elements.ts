import type { ActivityDocument, DocumentRepository } from '@artdag/store';
import { ARCHIVE_FILES, type ArchiveFile } from '../archive-files.ts';
import { createDigestTable, type DigestTable, digestOf } from '../compact/digest-table.ts';
import type { Element, ElementPlace } from '../json-file/element-scanner.ts';
import { isRecord, readArchive } from '../read-archive.ts';
import type { Reading } from '../records/reading.ts';
import type { RecordOutcome } from './import-report.ts';
import type { ImportRun } from './import-run.ts';
import { keepOddRecords } from './keep-odd-records.ts';

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

type Read<D> = { readonly place: ElementPlace; readonly reading: Reading<Taken<D>> };

const BATCH_RECORDS = 100;
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
  const seen = createDigestTable();
  let batch: Read<D>[] = [];
  let bytes = 0;
  for await (const element of readArchive(run.directory, kind.file)) {
    if (!isRecord(element)) continue;
    // Its bytes are gone once the next element is read.
    const { bytes: _bytes, ...place } = element;
    batch.push({ place, reading: refuseRepeated(await kind.take(element), seen) });
    bytes += element.length;
    if (batch.length < BATCH_RECORDS && bytes < BATCH_BYTES) continue;
    await settle(batch, kind, run);
    batch = [];
    bytes = 0;
  }
  await settle(batch, kind, run);
}

function refuseRepeated<D extends { readonly _id: string }>(
  reading: Reading<Taken<D>>,
  seen: DigestTable,
): Reading<Taken<D>> {
  if (!reading.ok) return reading;
  const { _id } = reading.value.document;
  const key = digestOf(_id);
  if (seen.get(key) !== undefined) {
    return { ok: false, id: _id.slice(0, 128), reason: 'its id is that of a record before it' };
  }
  seen.set(key, 0);
  return reading;
}

/** Records are decided about again whose document has come or changed since it was read. */
const ROUNDS = 3;

async function settle<D extends { readonly _id: string }>(
  batch: readonly Read<D>[],
  kind: RecordKind<D>,
  run: ImportRun,
): Promise<void> {
  const settled = new Map<Read<D>, Settled<D>>();
  let open = batch;
  for (let round = 0; open.length > 0 && round < ROUNDS; round += 1) {
    const existing = await findExisting(open, kind);
    for (const read of open) settled.set(read, decide(read.reading, existing, kind));
    open = run.isDryRun ? [] : await write(open, settled, kind);
  }
  for (const read of open) settled.set(read, unsettled(read.reading));
  await tell(batch, settled, kind, run);
}

async function findExisting<D extends { readonly _id: string }>(
  batch: readonly Read<D>[],
  { documents }: RecordKind<D>,
): Promise<ReadonlyMap<string, D>> {
  const ids = batch.flatMap(({ reading }) => (reading.ok ? [reading.value.document._id] : []));
  return ids.length > 0 ? documents.find(ids) : new Map();
}

/** Writes what was decided; returns the records that something else was faster than. */
async function write<D extends { readonly _id: string }>(
  batch: readonly Read<D>[],
  settled: ReadonlyMap<Read<D>, Settled<D>>,
  { documents }: RecordKind<D>,
): Promise<readonly Read<D>[]> {
  const wanted: D[] = [];
  const late = new Set<string>();
  for (const read of batch) {
    const { decision } = settled.get(read) ?? {};
    if (!read.reading.ok || !decision) continue;
    const { document } = read.reading.value;
    if (decision.outcome === 'imported') wanted.push(document);
    if (!decision.change) continue;
    const { expected, values } = decision.change;
    if (!(await documents.change(document._id, expected, values))) late.add(document._id);
  }
  const taken = wanted.length > 0 ? await documents.insertMissing(wanted) : new Set<string>();
  return batch.filter(({ reading }) => {
    return (
      reading.ok && (late.has(reading.value.document._id) || taken.has(reading.value.document._id))
    );
  });
}

/** Keeps what is odd, and tells of all in the order of the file. */
async function tell<D extends { readonly _id: string }>(
  batch: readonly Read<D>[],
  settled: ReadonlyMap<Read<D>, Settled<D>>,
  { file }: RecordKind<D>,
  run: ImportRun,
): Promise<void> {
  const told: RecordOutcome[] = [];
  const odd = [];
  for (const read of batch) {
    const { decision, stored } = settled.get(read) ?? {};
    if (!decision) continue;
    if (decision.outcome === 'odd') odd.push({ place: read.place, reason: decision.reason });
    if (read.reading.ok && stored) read.reading.value.accept?.(stored);
    const { change: _change, ...outcome } = decision;
    told.push({ position: positionOf(read.place, file), ...outcome });
  }
  if (!run.isDryRun) await keepOddRecords(odd, file, run);
  for (const outcome of told) run.reporter.tell(ARCHIVE_FILES[file].name, outcome);
}

type Decision<D> = Omit<RecordOutcome, 'position'> & {
  readonly change?: Exclude<Meeting<D>, string>;
} & (
    | { readonly outcome: 'odd'; readonly reason: string }
    | { readonly outcome: 'imported' | 'there' | 'changed' }
  );

/** What was decided about a record, and the document that stands for it unless it is odd. */
interface Settled<D> {
  readonly decision: Decision<D>;
  readonly stored?: D;
}

function decide<D extends { readonly _id: string }>(
  reading: Reading<Taken<D>>,
  existing: ReadonlyMap<string, D>,
  kind: RecordKind<D>,
): Settled<D> {
  if (!reading.ok) return oddly(reading.id, reading.reason);
  const { document, verified, note } = reading.value;
  const told = {
    id: document._id,
    ...(verified !== undefined && { verified }),
    ...(note !== undefined && { reason: note }),
  };
  const there = existing.get(document._id);
  if (!there) return { decision: { ...told, outcome: 'imported' }, stored: document };
  const meeting = kind.meet(there, document);
  switch (meeting) {
    case 'same':
      return { decision: { ...told, outcome: 'there' }, stored: there };
    case 'conflict':
      return oddly(document._id, 'this server has another one of its name');
    default:
      return {
        decision: { ...told, outcome: 'changed', change: meeting },
        stored: { ...there, ...meeting.values },
      };
  }
}

function unsettled<D extends { readonly _id: string }>(reading: Reading<Taken<D>>): Settled<D> {
  const id = reading.ok ? reading.value.document._id : reading.id;
  return oddly(id, 'something else on this server has what only one may have, or changes it now');
}

function oddly(id: string | null, reason: string): Settled<never> {
  return { decision: { id, outcome: 'odd', reason } };
}

function positionOf({ container, key, index }: ElementPlace, file: ArchiveFile): string {
  const place = key === null ? String(index) : key.replaceAll('~', '~0').replaceAll('/', '~1');
  const short = place.length > 80 ? `${place.slice(0, 80)}…` : place;
  return [ARCHIVE_FILES[file].name, ...(container === null ? [] : [container]), short].join('/');
}
