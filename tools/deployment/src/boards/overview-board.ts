import { type Board, SERVER } from './panel.ts';
import { quantile, quantiles, rate } from './quantiles.ts';

const WHOLE = 24;
const THIRD = 8;

/** From the request to the delivery in twelve panels. */
export const overviewBoard: Board = {
  uid: 'artdag-overview',
  title: 'Art DAG: overview',
  description:
    'From the request to the delivery. Read the strip, then the ages, then the failures.',
  variables: [SERVER],
  panels: [
    {
      title: 'State',
      kind: 'stat',
      width: WHOLE,
      height: 4,
      unit: 'short',
      isZeroBad: true,
      description:
        'Processes of each role, connected workers, and whether the stores are well. 0 is bad.',
      queries: [
        { expr: 'sum by (role) (artdag_role_info)', legend: '{{role}}' },
        { expr: 'sum(max by (queue) (artdag_queue_workers))', legend: 'workers' },
        {
          expr: 'min by (check) (artdag_health_check_up{check=~"mongodb|redis"})',
          legend: '{{check}}',
        },
        { expr: 'min by (rule) (artdag_redis_safe)', legend: 'Redis {{rule}}' },
      ],
    },
    {
      title: 'Requests',
      kind: 'timeseries',
      width: THIRD,
      unit: 'reqps',
      description: 'By route and class of status. 4xx are the mistakes of clients, 5xx are ours.',
      queries: [
        {
          expr: `sum by (route, status) (${rate('artdag_http_request_seconds_count')})`,
          legend: '{{route}} {{status}}',
        },
      ],
    },
    {
      title: 'Latency',
      kind: 'timeseries',
      width: THIRD,
      unit: 's',
      description: 'Of all requests. A registration waits for its signature, for up to 5 s.',
      queries: quantiles('artdag_http_request_seconds_bucket'),
    },
    {
      title: 'Oldest waiting job',
      kind: 'timeseries',
      width: THIRD,
      unit: 's',
      description:
        'Age of the job that has waited longest. It grows steadily where nobody serves a queue, while a histogram of waits falls silent.',
      queries: [{ expr: 'max by (queue) (artdag_queue_oldest_wait_seconds)', legend: '{{queue}}' }],
    },
    {
      title: 'Jobs by state',
      kind: 'timeseries',
      width: THIRD,
      unit: 'short',
      description: 'Delayed deliveries wait for their next try, and are no backlog.',
      queries: [
        {
          expr: 'sum by (state) (max by (queue, state) (artdag_queue_jobs{state!="completed"}))',
          legend: '{{state}}',
        },
      ],
    },
    {
      title: 'In against out',
      kind: 'timeseries',
      width: THIRD,
      unit: 'ops',
      description: 'Jobs enqueued, and below the line jobs done. The two mirror each other.',
      queries: [
        { expr: `sum by (queue) (${rate('artdag_jobs_enqueued_total')})`, legend: '{{queue}} in' },
        {
          expr: `-sum by (queue) (${rate('artdag_job_run_seconds_count')})`,
          legend: '{{queue}} out',
        },
      ],
    },
    {
      title: 'Run time',
      kind: 'timeseries',
      width: THIRD,
      unit: 's',
      description: 'What 95 % of the finished jobs of each queue stay below.',
      queries: [
        { expr: quantile(0.95, 'artdag_job_run_seconds_bucket', ['queue']), legend: '{{queue}}' },
      ],
    },
    {
      title: 'Failures',
      kind: 'timeseries',
      width: THIRD,
      unit: 'ops',
      description:
        'Above the line what was given up, by reason: somebody must look. Below it tries that are made again.',
      queries: [
        {
          expr: `sum by (queue, reason) (${rate('artdag_job_failures_total{outcome="exhausted"}')})`,
          legend: '{{queue}} {{reason}}',
        },
        {
          expr: `-sum by (queue) (${rate('artdag_job_failures_total{outcome="retried"}')})`,
          legend: '{{queue}} tried again',
        },
      ],
      link: { title: 'Failures by group', path: '/admin/failures' },
    },
    {
      title: 'Deliveries',
      kind: 'timeseries',
      width: THIRD,
      unit: 'short',
      description:
        'Tries a second by outcome, hosts that take none, and open breakers. Which hosts, and the largest backlogs, is behind the link: metrics name no host.',
      queries: [
        {
          expr: `sum by (outcome) (${rate('artdag_delivery_tries_total')})`,
          legend: '{{outcome}}',
        },
        { expr: 'max(artdag_delivery_hosts{state="failing"})', legend: 'hosts failing' },
        { expr: 'max(artdag_breakers{state="open"})', legend: 'breakers open' },
      ],
      link: { title: 'Peers and backlogs', path: '/admin/peers' },
    },
    {
      title: 'Inbox',
      kind: 'timeseries',
      width: THIRD,
      unit: 'reqps',
      description: 'Posts of peers: accepted, duplicate, dropped, or refused and why.',
      queries: [
        {
          expr: `sum by (outcome, reason) (${rate('artdag_inbox_posts_total')})`,
          legend: '{{outcome}} {{reason}}',
        },
        {
          expr: `sum(${rate('artdag_key_cache_lookups_total{result="miss"}')})`,
          legend: 'keys not in memory',
        },
      ],
    },
    {
      title: 'Registrations and L1',
      kind: 'timeseries',
      width: THIRD,
      unit: 'ops',
      description: 'Registrations by answer, and what is done with L1 servers.',
      queries: [
        {
          expr: `sum by (outcome) (${rate('artdag_registrations_total')})`,
          legend: 'registration {{outcome}}',
        },
        {
          expr: `sum by (queue) (${rate('artdag_job_run_seconds_count{queue=~"record-run|report-run|check-run|notify-l1"}')})`,
          legend: '{{queue}}',
        },
        {
          expr: `sum by (reason) (${rate('artdag_job_failures_total{queue=~"record-run|report-run|check-run|notify-l1"}')})`,
          legend: 'L1 {{reason}}',
        },
      ],
    },
    {
      title: 'Redis, MongoDB, event loop',
      kind: 'timeseries',
      width: 2 * THIRD,
      unit: 's',
      description:
        'What 95 % of the commands stay below, and the delay of the slowest event loop: more than 50 ms says that a process has too much to do.',
      queries: [
        { expr: quantile(0.95, 'artdag_mongodb_command_seconds_bucket'), legend: 'MongoDB' },
        { expr: quantile(0.95, 'artdag_redis_command_seconds_bucket'), legend: 'Redis' },
        {
          expr: 'max by (instance) (artdag_nodejs_eventloop_lag_p99_seconds)',
          legend: 'event loop {{instance}}',
        },
        { expr: 'max(artdag_redis_memory_ratio)', legend: 'Redis memory (part of 1)' },
      ],
    },
  ],
};
