import { describeReason, type ReasonCode } from '../reason-words.ts';
import type { Outcome, Step, StepName } from '../report.ts';
import { stepWords } from '../step-words.ts';

/** What a check finds; the words come from the catalogue. */
export interface Finding {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly detail?: string;
}

/** A finding as the step of a report. */
export function buildStep(name: StepName, { outcome, reason, detail }: Finding): Step {
  return { name, outcome, reason, found: describeReason(reason, detail), ...stepWords[name] };
}

export const holds = (reason: ReasonCode, detail?: string) => find('holds', reason, detail);
export const fails = (reason: ReasonCode, detail?: string) => find('fails', reason, detail);
export const cannotTell = (reason: ReasonCode, detail?: string) =>
  find('cannot-tell', reason, detail);
export const notAsked = (reason: ReasonCode, detail?: string) => find('not-asked', reason, detail);

function find(outcome: Outcome, reason: ReasonCode, detail?: string): Finding {
  return { outcome, reason, ...(detail !== undefined && { detail }) };
}
