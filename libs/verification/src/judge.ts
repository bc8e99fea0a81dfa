import type { Outcome, Step, StepName, Verdict } from './report.ts';

/** Steps whose failure decides, the gravest first. */
const failures: readonly (readonly [StepName, Verdict])[] = [
  ['form', 'malformed'],
  ['signature', 'signature-invalid'],
  ['proof', 'proof-invalid'],
  ['key-owner', 'signature-invalid'],
  ['canonical-text', 'signature-invalid'],
  ['content-hash', 'file-differs'],
  ['earliest-claim', 'contested-or-withdrawn'],
  ['not-withdrawn', 'contested-or-withdrawn'],
];

/** The verdict of a checklist: the gravest failure, then what cannot be told, then `holds`. */
export function judge(steps: readonly Step[]): Verdict {
  const outcomes = new Map<StepName, Outcome>(steps.map(({ name, outcome }) => [name, outcome]));
  const signature = steps.find(({ name }) => name === 'signature');
  if (signature?.reason === 'signature-missing') return 'unsigned';
  const failed = failures.find(([name]) => outcomes.get(name) === 'fails');
  if (failed) return failed[1];
  const isSigned = outcomes.get('signature') === 'holds' || outcomes.get('proof') === 'holds';
  const isOpen = steps.some(({ outcome }) => outcome === 'cannot-tell');
  return isSigned && !isOpen ? 'holds' : 'cannot-tell';
}
