import type { GatewayClient } from '../gateway-client.ts';
import { type ActOptions, writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';
import { FailureList, JobDetail, JobList, QueueAnswer, QueueList } from './admin-answers.ts';
import { parseAnswer } from './host-answers.ts';

/** What of a list of jobs is shown. */
export interface JobOptions {
  readonly state: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: boolean;
}

/** Path of a queue. */
export function queuePath(queue: string): string {
  return `/admin/queues/${encodeURIComponent(queue)}`;
}

/** Path of the job of one work. */
export function jobPath(queue: string, work: string): string {
  return `${queuePath(queue)}/jobs/${encodeURIComponent(work)}`;
}

/** Shows every queue. */
export async function listQueues(
  client: GatewayClient,
  { json }: ActOptions,
  terminal: Terminal,
): Promise<void> {
  const { queues } = parseAnswer(QueueList, await client.ask('GET', '/admin/queues'));
  if (json) {
    writeObserved({ queues }, terminal);
    return;
  }
  const header = [
    'QUEUE',
    'STATE',
    'WAITING',
    'ACTIVE',
    'DELAYED',
    'GIVEN UP',
    'OLDEST',
    'WORKERS',
  ];
  const rows = queues.map((queue) => [
    queue.name,
    queue.state,
    queue.waiting,
    queue.active,
    queue.delayed,
    queue.set_aside,
    seconds(queue.oldest_waiting_seconds),
    queue.workers,
  ]);
  terminal.write(renderRows({ header, rows }, terminal.isInteractive));
}

interface Output<O> {
  readonly options: O;
  readonly terminal: Terminal;
}

/** Shows a queue, or the job of one work. */
export async function show(
  { queue, work }: { readonly queue: string; readonly work: string | undefined },
  client: GatewayClient,
  { options, terminal }: Output<ActOptions>,
): Promise<void> {
  const path = work === undefined ? queuePath(queue) : jobPath(queue, work);
  const schema = work === undefined ? QueueAnswer : JobDetail;
  const found = parseAnswer(schema, await client.ask('GET', path));
  if (options.json) {
    writeObserved(found, terminal);
    return;
  }
  const rows = Object.entries(found).map(([name, value]) => [name.replaceAll('_', ' '), value]);
  terminal.write(renderRows({ header: ['WHAT', 'VALUE'], rows }, terminal.isInteractive));
}

/** Shows jobs of a queue in one state. */
export async function listJobs(
  queue: string,
  client: GatewayClient,
  { options, terminal }: Output<JobOptions>,
): Promise<void> {
  const { state, limit, cursor } = options;
  const query = new URLSearchParams({ state, limit, ...(cursor && { cursor }) });
  const page = parseAnswer(JobList, await client.ask('GET', `${queuePath(queue)}/jobs?${query}`));
  if (options.json) {
    writeObserved(page, terminal);
    return;
  }
  const header = ['WORK', 'ENQUEUED', 'DUE', 'TRIES', 'REASON'];
  const rows = page.jobs.map((job) => [
    job.work_id,
    job.enqueued_at,
    job.due_at,
    `${job.attempts}/${job.max_attempts}`,
    job.failure_reason,
  ]);
  terminal.write(renderRows({ header, rows }, terminal.isInteractive));
  const more = page.next === null ? '' : ` More: --cursor ${page.next}`;
  terminal.note(`${page.jobs.length} of ${page.total} ${state} jobs.${more}\n`);
}

/** Shows the groups of failures. */
export async function listFailures(
  client: GatewayClient,
  { json }: ActOptions,
  terminal: Terminal,
): Promise<void> {
  const { failures } = parseAnswer(FailureList, await client.ask('GET', '/admin/failures'));
  if (json) {
    writeObserved({ failures }, terminal);
    return;
  }
  const header = ['GROUP', 'COUNT', 'KIND', 'HOST', 'REASON', 'LATEST'];
  const rows = failures.map((group) => [
    group.group_id,
    group.count,
    group.kind,
    group.host,
    group.reason,
    group.latest_at,
  ]);
  terminal.write(renderRows({ header, rows }, terminal.isInteractive));
  if (failures.length === 0) terminal.note('Nothing was given up.\n');
}

function seconds(count: number): string {
  return count === 0 ? '' : `${Math.round(count)} s`;
}
