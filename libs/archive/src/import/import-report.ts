import type { ActivityDocument } from '@artdag/store';

/** What became of a record: `changed` where one that was there already is verified or complete now. */
export type Outcome = 'imported' | 'there' | 'changed' | 'odd';

/** What became of one record of a data directory. */
export interface RecordOutcome {
  /** File and place in it, as `activities.json/activities/12`. */
  readonly position: string;
  readonly id: string | null;
  readonly outcome: Outcome;
  /** Convention under which the signature of an activity verifies. */
  readonly verified?: ActivityDocument['verified'];
  /** Why it is odd, or what is odd about it. */
  readonly reason?: string;
}

/** How many records of one file came to what. */
export type OutcomeCounts = Record<Outcome, number> & { found: number };

/** What an import came to. */
export interface ImportReport {
  readonly files: Readonly<Record<string, OutcomeCounts>>;
  /** Activities by the convention under which they verify. */
  readonly verified: { package: number; 'object-only': number; none: number };
  /** Activities that verify once the registry's metadata are put back, and those where that was done. */
  readonly repairs: { possible: number; done: number };
  readonly keys: { copied: number; there: number };
}

/** Counts what becomes of records, and tells of each. */
export interface Reporter {
  readonly report: ImportReport;
  tell(file: string, record: RecordOutcome): void;
}

/** A {@link Reporter} that passes every record on. */
export function createReporter(onRecord: (record: RecordOutcome) => void): Reporter {
  const files: Record<string, OutcomeCounts> = {};
  const report: ImportReport = {
    files,
    verified: { package: 0, 'object-only': 0, none: 0 },
    repairs: { possible: 0, done: 0 },
    keys: { copied: 0, there: 0 },
  };
  return {
    report,
    tell(file, record) {
      files[file] ??= { found: 0, imported: 0, there: 0, changed: 0, odd: 0 };
      const counts = files[file];
      counts.found += 1;
      counts[record.outcome] += 1;
      if (record.verified !== undefined) report.verified[countOf(record.verified)] += 1;
      onRecord(record);
    },
  };
}

function countOf(verified: ActivityDocument['verified']): keyof ImportReport['verified'] {
  return verified === false ? 'none' : verified;
}
