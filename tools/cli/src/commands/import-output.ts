import type { ImportReport, RecordOutcome } from '@artdag/archive';
import { type Rows, renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';

/** Writes what an import does while it does it, and what it came to. */
export interface ImportOutput {
  record(outcome: RecordOutcome): void;
  end(report: ImportReport): void;
}

/** Odd records that people are shown; `--json` has all of them. */
const SHOWN = 100;

/** One JSON document, whose records are written as they come: there may be very many. */
export function jsonImportOutput(context: object, { write }: Terminal): ImportOutput {
  // An import that is refused before it begins writes nothing.
  const head = `{"observed":${JSON.stringify(context).slice(0, -1)},"records":[\n`;
  let separator = head;
  return {
    record(outcome) {
      write(`${separator}${JSON.stringify(outcome)}`);
      separator = ',\n';
    },
    end(report) {
      write(`${separator === head ? head : ''}\n],"report":${JSON.stringify(report)}}}\n`);
    },
  };
}

/** A table of counts, then the records that are odd. */
export function tableImportOutput({ write, note, isInteractive }: Terminal): ImportOutput {
  const odd: RecordOutcome[] = [];
  let count = 0;
  return {
    record(outcome) {
      if (outcome.outcome !== 'odd' && outcome.reason === undefined) return;
      count += 1;
      if (odd.length < SHOWN) odd.push(outcome);
    },
    end(report) {
      write(renderRows(countRows(report), isInteractive));
      if (odd.length > 0 && isInteractive) write('\n');
      write(renderRows(oddRows(odd), isInteractive));
      if (count > odd.length) note(`… and ${count - odd.length} more: --json lists all of them.\n`);
    },
  };
}

function countRows({ files, verified, repairs, keys }: ImportReport): Rows {
  const rows = Object.entries(files).map(([file, counts]) => [
    file,
    counts.found,
    counts.imported,
    counts.there,
    counts.changed,
    counts.odd,
  ]);
  const only = (what: string, found: number) => [what, found, null, null, null, null];
  return {
    header: ['WHAT', 'FOUND', 'IMPORTED', 'THERE ALREADY', 'COMPLETED', 'ODD'],
    rows: [
      ...rows,
      ['keys', keys.copied + keys.there, keys.copied, keys.there, null, null],
      only('verified: package', verified.package),
      only('verified: object only', verified['object-only']),
      only('verified: not', verified.none),
      only('repairs possible', repairs.possible),
      only('repairs done', repairs.done),
    ],
  };
}

function oddRows(records: readonly RecordOutcome[]): Rows {
  return {
    header: ['POSITION', 'ID', 'OUTCOME', 'WHAT IS ODD'],
    rows: records.map(({ position, id, outcome, reason = '' }) => [position, id, outcome, reason]),
  };
}
