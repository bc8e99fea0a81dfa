import type { Outcome, Report, Step } from '@artdag/verification';
import { scriptWords as words } from '../pages/messages/scripts.ts';
import { make } from './elements.ts';

/** Colours beside the words, never in their place. */
const colours: Readonly<Record<Outcome, string>> = {
  holds: 'ok',
  fails: 'bad',
  'cannot-tell': 'warn',
  'not-asked': 'muted',
};

/** Shows a report as a list of its steps, each with its answer in words. */
export function showReport(report: Report, place: HTMLElement): void {
  const steps = make('ol', ...report.observed.steps.map(showStep));
  steps.className = 'steps';
  const json = make('pre', JSON.stringify(report, undefined, 2));
  json.tabIndex = 0;
  json.id = 'report-json';
  place.replaceChildren(steps, make('details', make('summary', words.asJson), json));
}

function showStep({ title, outcome, reason, found, proves, doesNotProve }: Step): HTMLElement {
  const provesWords = outcome === 'holds' ? words.proves : words.wouldProve;
  const answer = make('span', words.answers[outcome]);
  answer.className = colours[outcome];
  const step = make(
    'li',
    make('strong', title),
    ': ',
    answer,
    make('p', found),
    make('p', provesWords, ' ', proves, ' ', words.doesNotProve, ' ', doesNotProve),
  );
  step.lastElementChild?.classList.add('muted');
  step.dataset['outcome'] = outcome;
  step.dataset['reason'] = reason;
  return step;
}
