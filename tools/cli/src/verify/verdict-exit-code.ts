import type { Verdict } from '@artdag/verification';
import { EXIT_CODES } from '../exit-code.ts';

/** What the shell is told of a verdict, the gravest first. Only `holds` is 0. */
const GRAVEST_FIRST: readonly (readonly [Verdict, keyof typeof EXIT_CODES])[] = [
  ['malformed', 'failure'],
  ['signature-invalid', 'signatureInvalid'],
  ['proof-invalid', 'proofInvalid'],
  ['unsigned', 'unsigned'],
  ['file-differs', 'fileDiffers'],
  ['contested-or-withdrawn', 'contestedOrWithdrawn'],
  ['cannot-tell', 'cannotTell'],
  ['holds', 'ok'],
];

/** The exit code of the gravest of the verdicts; without any, there is nothing that holds. */
export function exitCodeOfVerdicts(verdicts: ReadonlySet<Verdict>): number {
  const gravest = GRAVEST_FIRST.find(([verdict]) => verdicts.has(verdict));
  return EXIT_CODES[gravest?.[1] ?? 'failure'].code;
}
