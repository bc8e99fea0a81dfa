import { Command, Option } from 'commander';
import { createGatewayClient, type GatewayClient } from '../gateway-client.ts';
import { type ActOptions, writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';
import { FailureList, JobDetail, JobList, QueueAnswer, QueueList } from './admin-answers.ts';
import { parseAnswer } from './host-answers.ts';
import { dropFailures, retryFailures } from './queue-acts.ts';

interface JobOptions {
  readonly state: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** `queues`: what an operator sees of the queues and does with them, through a gateway. */
export function queuesCommand(terminal: Terminal): Command {
  const connect = () => createGatewayClient(terminal.env);
  const group = new Command('queues').description(
    'look into the queues and act on them; ARTDAG_URL names the gateway, "login" gets a token',
  );
  group
    .command('list')
    .description('depth of each queue, how long the oldest work waits, and who works')
    .option('--json', 'one JSON document')
    .action(async (options: ActOptions) => listQueues(await connect(), options, terminal));
  group
    .command('show')
    .argument('<queue>')
    .argument('[work]', 'id of a work: then its job is shown')
    .description('show a queue, or the job of one work')
    .option('--json', 'one JSON document')
    .action(async (queue: string, work: string | undefined, options: ActOptions) =>
      show({ queue, work }, await connect(), { options, terminal }),
    );
  group
    .command('jobs')
    .argument('<queue>')
    .description('list jobs of a queue in one state')
    .addOption(
      new Option('--state <state>', 'state of the jobs')
        .choices(['waiting', 'active', 'delayed', 'completed', 'failed'])
        .default('failed'),
    )
    .option('--limit <count>', 'how many at most', '100')
    .option('--json', 'one JSON document')
    .action(async (queue: string, options: JobOptions) =>
      listJobs(queue, await connect(), { options, terminal }),
    );
  group
    .command('failures')
    .description('work that was given up, by kind, reason and host')
    .option('--json', 'one JSON document')
    .action(async (options: ActOptions) => listFailures(await connect(), options, terminal));
  for (const { name, does, run } of [
    { name: 'retry', does: 'try work again that was given up', run: retryFailures },
    { name: 'drop', does: 'give work up for good', run: dropFailures },
  ]) {
    group
      .command(name)
      .argument('<group-or-queue>', 'a group of "queues failures", or a queue')
      .argument('[work]', 'with a queue: id of the work')
      .description(does)
      .option('--json', 'one JSON document')
      .option('--yes', 'do not ask')
      .option('--dry-run', 'only say what would be done')
      .action(async (target: string, work: string | undefined, options: ActOptions) =>
        run({ target, work }, await connect(), { options, terminal }),
      );
  }
  group
    .command('promote')
    .argument('<queue>')
    .argument('<work>', 'id of the work')
    .description('run work now that waits for its time')
    .action(async (queue: string, work: string) => {
      await (await connect()).ask('POST', `${jobPath(queue, work)}/promote`);
      terminal.note(`${work} runs now.\n`);
    });
  for (const [name, does, done] of [
    ['pause', 'let the workers of a queue take no more work', 'is paused'],
    ['resume', 'let the workers of a queue go on', 'goes on'],
  ] as const) {
    group
      .command(name)
      .argument('<queue>')
      .description(does)
      .action(async (queue: string) => {
        await (await connect()).ask('POST', `${queuePath(queue)}/${name}`);
        terminal.note(`${queue} ${done}.\n`);
      });
  }
  return group;
}

/** Path of a queue. */
function queuePath(queue: string): string {
  return `/admin/queues/${encodeURIComponent(queue)}`;
}

function jobPath(queue: string, work: string): string {
  return `${queuePath(queue)}/jobs/${encodeURIComponent(work)}`;
}

async function listQueues(
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

async function show(
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

async function listJobs(
  queue: string,
  client: GatewayClient,
  { options, terminal }: Output<JobOptions>,
): Promise<void> {
  const query = new URLSearchParams({ state: options.state, limit: options.limit });
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
  terminal.note(`${page.jobs.length} of ${page.total} ${options.state} jobs.\n`);
}

async function listFailures(
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
