import type { Report, Verdict } from '@artdag/verification';
import { renderRows } from '../render-rows.ts';

/** Reports that are kept: of those who hold, nobody needs each. */
const MAX_KEPT = 1000;

/** What was found of many activities. */
export interface Summary {
  readonly counts: ReadonlyMap<Verdict, number>;
  readonly conventions: ReadonlyMap<string, number>;
  /** Reports of those that do not hold, at most {@link MAX_KEPT}. */
  readonly doubtful: readonly Report[];
}

/** Counts reports as they come. */
export async function summarize(reports: AsyncIterable<Report>): Promise<Summary> {
  const counts = new Map<Verdict, number>();
  const conventions = new Map<string, number>();
  const doubtful: Report[] = [];
  for await (const report of reports) {
    count(counts, report.verdict);
    count(conventions, report.signed?.convention ?? 'none');
    if (report.verdict !== 'holds' && doubtful.length < MAX_KEPT) doubtful.push(report);
  }
  return { counts, conventions, doubtful };
}

/** One row for each activity that does not hold, then how many there were of each verdict. */
export function renderSummary({ counts, doubtful }: Summary, isForPeople: boolean): string {
  const rows = doubtful.map((report) => [
    report.observed.activity?.id ?? '',
    report.verdict,
    report.observed.steps.find(({ outcome }) => outcome === 'fails' || outcome === 'cannot-tell')
      ?.found ?? report.summary,
  ]);
  const totals = [...counts].map(([verdict, number]) => ['', verdict, number]);
  const header = ['ACTIVITY', 'VERDICT', 'WHY, OR HOW MANY'];
  return renderRows({ header, rows: [...rows, ...totals] }, isForPeople);
}

/** The summary as one document: nothing of it was signed, but for what the reports say so of. */
export function summaryJson({ counts, conventions, doubtful }: Summary) {
  return {
    observed: {
      verdicts: Object.fromEntries(counts),
      conventions: Object.fromEntries(conventions),
    },
    doubtful,
  };
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
