import { type InspectedJob, JOB_STATES, type JobState } from '@artdag/queues';
import { html } from 'hono/html';
import type { QueueOverview } from '../../commands/describe-queues.ts';
import { emptyState, quote, time } from '../parts/elements.ts';
import { renderFacts, renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderAct, renderOperatorPage } from './operator-page.ts';
import { renderQueueState } from './queues-page.ts';

/** One queue, with the first jobs in one state. */
export interface QueueView {
  readonly queue: QueueOverview;
  readonly jobState: JobState;
  readonly jobs: readonly InspectedJob[];
  readonly formToken: string;
}

/** One queue, its jobs, and what can be done with it. */
export function renderQueuePage(view: QueueView, setting: PageSetting): Page {
  const { queue, formToken } = view;
  const { queues: words } = setting.m.operator;
  const action = queue.isPaused ? 'resume' : 'pause';
  const path = `/admin/queues/${queue.name}`;
  const facts = renderFacts([
    [words.state, renderQueueState(queue, setting)],
    [words.workers, queue.workers],
    [words.oldest, words.seconds(queue.oldestWaitingMs / 1000)],
    [words.rate, queue.completedPerSecond?.toFixed(2) ?? words.notCounted],
    [words.setAside, queue.setAside],
  ]);
  const body = html`${facts}
${renderAct({ to: path, action, label: words.acts[action], formToken })}
<h2>${words.jobs}</h2>
${renderStates(view, path, setting)}
${renderJobs(view, setting)}`;
  return renderOperatorPage(
    { title: words.one(queue.name), section: 'queues', body, json: `${path}?format=json` },
    setting,
  );
}

function renderStates({ queue, jobState }: QueueView, path: string, { m }: PageSetting): Html {
  const { queues: words } = m.operator;
  const links = JOB_STATES.map((state) => {
    const label = `${words.jobState[state]} (${queue.counts[state]})`;
    return state === jobState
      ? html`<li><a href="${path}?state=${state}" aria-current="page">${label}</a></li>`
      : html`<li><a href="${path}?state=${state}">${label}</a></li>`;
  });
  return html`<nav aria-label="${words.jobs}"><ul class="row">${links}</ul></nav>`;
}

function renderJobs({ queue, jobs, jobState }: QueueView, { m }: PageSetting): Html {
  const { queues: words } = m.operator;
  if (jobs.length === 0) return emptyState(words.noJobs);
  const rows = jobs.map(
    (job) =>
      [
        quote(job.workId ?? job.jobId),
        time(job.enqueuedAt),
        `${job.attempts} / ${job.maxAttempts}`,
        quote(job.failureReason ?? ''),
      ] as const,
  );
  return html`<p>${words.showing(jobs.length, queue.counts[jobState])}</p>
${renderTable(words.jobs, [words.work, words.enqueued, words.attempts, words.reason], rows)}`;
}
