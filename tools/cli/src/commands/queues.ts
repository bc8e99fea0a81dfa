import { Command, Option } from 'commander';
import { createGatewayClient } from '../gateway-client.ts';
import type { ActOptions } from '../interact.ts';
import type { Terminal } from '../terminal.ts';
import { dropFailures, retryFailures } from './queue-acts.ts';
import {
  type JobOptions,
  jobPath,
  listFailures,
  listJobs,
  listQueues,
  queuePath,
  show,
} from './queue-views.ts';

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
    .option('--cursor <next>', 'where a page begins: what the page before it ended with')
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
