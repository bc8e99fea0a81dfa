import type { Verdict } from '@artdag/verification';

/** What the shell is told of a verdict, the gravest first. Only `holds` is 0. */
const EXIT_CODES: readonly (readonly [Verdict, number])[] = [
  ['malformed', 1],
  ['signature-invalid', 10],
  ['proof-invalid', 14],
  ['unsigned', 11],
  ['file-differs', 13],
  ['contested-or-withdrawn', 15],
  ['cannot-tell', 12],
  ['holds', 0],
];

const FAILURE = 1;

/** The exit code of the gravest of the verdicts; without any, there is nothing that holds. */
export function exitCodeOfVerdicts(verdicts: ReadonlySet<Verdict>): number {
  return EXIT_CODES.find(([verdict]) => verdicts.has(verdict))?.[1] ?? FAILURE;
}
