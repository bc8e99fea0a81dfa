import type { Report, Step } from '@artdag/verification';
import { make } from './elements.ts';
import { words } from './words.ts';

/** Shows a report as a list of its steps, each with its answer in words. */
export function showReport(report: Report, place: HTMLElement): void {
  const summary = make('p', make('strong', report.summary));
  summary.dataset['verdict'] = report.verdict;
  const steps = make('ol', ...report.observed.steps.map(showStep));
  steps.className = 'steps';
  const json = make('pre', JSON.stringify(report, undefined, 2));
  json.tabIndex = 0;
  json.id = 'report-json';
  place.replaceChildren(summary, steps, make('details', make('summary', words.asJson), json));
}

function showStep({ title, outcome, reason, found, proves, doesNotProve }: Step): HTMLElement {
  const answer = make('span', words.answers[outcome]);
  answer.className = 'answer';
  const step = make(
    'li',
    make('strong', title),
    ': ',
    answer,
    make('p', found),
    make('p', words.proves, ' ', proves, ' ', words.doesNotProve, ' ', doesNotProve),
  );
  step.lastElementChild?.classList.add('muted');
  step.dataset['outcome'] = outcome;
  step.dataset['reason'] = reason;
  return step;
}
