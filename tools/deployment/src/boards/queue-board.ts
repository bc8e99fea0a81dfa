import { type Board, SERVER } from './panel.ts';
import { quantile, rate } from './quantiles.ts';

const HALF = 12;
const THIRD = 8;
const OF_QUEUE = '{queue="$queue"}';

/** All that is known of one queue. */
export const queueBoard: Board = {
  uid: 'artdag-queue',
  title: 'Art DAG: one queue',
  description: 'Is it served, does it keep up, what fails and why.',
  variables: [
    SERVER,
    {
      kind: 'values',
      name: 'queue',
      label: 'Queue',
      query: 'label_values(artdag_queue_workers, queue)',
    },
  ],
  panels: [
    {
      title: 'Now',
      kind: 'stat',
      width: 24,
      height: 4,
      unit: 'short',
      description: 'Workers and jobs by state.',
      queries: [
        { expr: `max(artdag_queue_workers${OF_QUEUE})`, legend: 'workers' },
        { expr: `max by (state) (artdag_queue_jobs${OF_QUEUE})`, legend: '{{state}}' },
      ],
      link: { title: 'Queues and jobs', path: '/admin/queues' },
    },
    {
      title: 'Oldest waiting job',
      kind: 'timeseries',
      width: HALF,
      unit: 's',
      description: 'More than a minute is too long for every queue.',
      queries: [{ expr: `max(artdag_queue_oldest_wait_seconds${OF_QUEUE})`, legend: 'age' }],
    },
    {
      title: 'In against out',
      kind: 'timeseries',
      width: HALF,
      unit: 'ops',
      description: 'What the relay brings back was lost by a crash, an outage or an emptied Redis.',
      queries: [
        {
          expr: `sum by (result) (${rate(`artdag_jobs_enqueued_total${OF_QUEUE}`)})`,
          legend: '{{result}}',
        },
        { expr: `sum(${rate(`artdag_relayed_jobs_total${OF_QUEUE}`)})`, legend: 'brought back' },
        { expr: `-sum(${rate(`artdag_job_run_seconds_count${OF_QUEUE}`)})`, legend: 'done' },
        { expr: `-sum(${rate(`artdag_job_postponements_total${OF_QUEUE}`)})`, legend: 'put off' },
      ],
    },
    {
      title: 'Wait',
      kind: 'timeseries',
      width: THIRD,
      unit: 's',
      description: 'From when a job was due to the start of the run that finished it.',
      queries: [
        { expr: quantile(0.5, `artdag_job_wait_seconds_bucket${OF_QUEUE}`), legend: 'median' },
        { expr: quantile(0.95, `artdag_job_wait_seconds_bucket${OF_QUEUE}`), legend: '95 %' },
      ],
    },
    {
      title: 'Run time',
      kind: 'timeseries',
      width: THIRD,
      unit: 's',
      description: 'Of the last run of finished jobs.',
      queries: [
        { expr: quantile(0.5, `artdag_job_run_seconds_bucket${OF_QUEUE}`), legend: 'median' },
        { expr: quantile(0.95, `artdag_job_run_seconds_bucket${OF_QUEUE}`), legend: '95 %' },
      ],
    },
    {
      title: 'Tries',
      kind: 'timeseries',
      width: THIRD,
      unit: 'short',
      description: 'How many a finished job took.',
      queries: [
        {
          expr: `sum(${rate(`artdag_job_attempts_sum${OF_QUEUE}`)}) / sum(${rate(`artdag_job_attempts_count${OF_QUEUE}`)})`,
          legend: 'mean',
        },
      ],
    },
    {
      title: 'Failures by reason',
      kind: 'timeseries',
      width: HALF,
      unit: 'ops',
      description: 'Exhausted ones are set aside; retried ones are tried again.',
      queries: [
        {
          expr: `sum by (outcome, reason) (${rate(`artdag_job_failures_total${OF_QUEUE}`)})`,
          legend: '{{outcome}} {{reason}}',
        },
      ],
      link: { title: 'Failures by group', path: '/admin/failures' },
    },
    {
      title: 'Workers',
      kind: 'timeseries',
      width: HALF,
      unit: 'short',
      description: 'Connected ones, and those replaced because they had stopped reading.',
      queries: [
        { expr: `max(artdag_queue_workers${OF_QUEUE})`, legend: 'connected' },
        {
          expr: `sum(increase(artdag_worker_replacements_total${OF_QUEUE}[$__rate_interval]))`,
          legend: 'replaced',
        },
      ],
    },
  ],
};
