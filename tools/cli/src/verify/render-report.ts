import type { Outcome, Report } from '@artdag/verification';
import { renderRows } from '../render-rows.ts';

const answers: Readonly<Record<Outcome, string>> = {
  holds: 'holds',
  fails: 'FAILS',
  'cannot-tell': 'cannot tell',
  'not-asked': 'not asked',
};

/** The steps of a report as rows: for people the question, the answer and what was found. */
export function renderReport({ observed }: Report, isForPeople: boolean): string {
  const rows = observed.steps.map(({ name, title, outcome, reason, found }) =>
    isForPeople ? [title, answers[outcome], found] : [name, outcome, reason, found],
  );
  const header = isForPeople ? ['STEP', 'ANSWER', 'FOUND'] : ['step', 'outcome', 'reason', 'found'];
  return renderRows({ header, rows }, isForPeople);
}
