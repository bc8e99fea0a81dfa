import { stripVTControlCharacters } from 'node:util';

/** Cells of a table, by row. */
export interface Rows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const GAP = '  ';

/** Rows as aligned columns for people, or as tab-separated values without a header for programs. */
export function renderRows({ header, rows }: Rows, isForPeople: boolean): string {
  const cells = rows.map((row) => row.map(toCell));
  if (!isForPeople) return cells.map((row) => `${row.join('\t')}\n`).join('');
  const shown = [header, ...cells].map((row) => row.map((cell) => cell || '-'));
  const widths = header.map((_, column) =>
    Math.max(...shown.map((row) => [...(row[column] ?? '')].length)),
  );
  return shown.map((row) => `${alignRow(row, widths)}\n`).join('');
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  const padded = row.map((cell, column) => {
    const missing = (widths[column] ?? 0) - [...cell].length;
    return cell + ' '.repeat(Math.max(0, missing));
  });
  return padded.join(GAP).trimEnd();
}

/** Peers decide what some cells say: they must not steer the terminal or break a row. */
function toCell(value: string | number | null): string {
  return stripVTControlCharacters(String(value ?? '')).replace(/\p{Cc}+/gu, ' ');
}
