import { html } from 'hono/html';
import type { QueueOverview } from '../../commands/describe-queues.ts';
import { renderTable } from '../parts/table.ts';
import type { Html, Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderOperatorPage } from './operator-page.ts';

/** Every queue. */
export function renderQueuesPage(queues: readonly QueueOverview[], setting: PageSetting): Page {
  const { queues: words } = setting.m.operator;
  const rows = queues.map(
    (queue) =>
      [
        html`<a href="/admin/queues/${queue.name}">${queue.name}</a>`,
        renderQueueState(queue, setting),
        queue.workers,
        queue.counts.waiting,
        words.seconds(queue.oldestWaitingMs / 1000),
        queue.counts.active,
        queue.counts.delayed,
        queue.counts.failed,
        queue.setAside > 0 ? html`<a href="/admin/failures">${queue.setAside}</a>` : 0,
      ] as const,
  );
  const headings = [
    words.name,
    words.state,
    words.workers,
    words.waiting,
    words.oldest,
    words.active,
    words.delayed,
    words.failed,
    words.setAside,
  ];
  return renderOperatorPage(
    {
      title: words.title,
      section: 'queues',
      body: renderTable(words.title, headings, rows),
      json: '/admin/queues?format=json',
    },
    setting,
  );
}

/** How a queue stands, in words. */
export function renderQueueState({ state }: QueueOverview, { m }: PageSetting): Html {
  const isBad = state === 'no workers' || state === 'paused';
  return html`<strong class="${isBad ? 'bad' : 'ok'}">${m.operator.queues.states[state]}</strong>`;
}
