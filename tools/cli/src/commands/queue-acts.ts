import { AppError } from '@artdag/errors';
import type { GatewayClient } from '../gateway-client.ts';
import { type ActOptions, agree, writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';
import { FailureAct, FailureAnswer } from './admin-answers.ts';
import { parseAnswer } from './host-answers.ts';

/** What an act is about: a group of failures, or one work of a queue. */
interface Target {
  readonly target: string;
  readonly work: string | undefined;
}

interface Output {
  readonly options: ActOptions;
  readonly terminal: Terminal;
}

/** Tries a group of failures again, or one work. */
export function retryFailures(target: Target, client: GatewayClient, output: Output) {
  return act('retry', target, client, output);
}

/** Gives a group of failures up for good, or one work. */
export function dropFailures(target: Target, client: GatewayClient, output: Output) {
  return act('drop', target, client, output);
}

async function act(
  action: 'retry' | 'drop',
  { target, work }: Target,
  client: GatewayClient,
  output: Output,
): Promise<void> {
  if (work === undefined) return actOnGroup(action, readGroup(target), client, output);
  const { options, terminal } = output;
  const path = `/admin/queues/${encodeURIComponent(target)}/jobs/${encodeURIComponent(work)}`;
  if (options.dryRun) {
    terminal.note(`Nothing was done: without --dry-run this would ${action} ${work}.\n`);
    return;
  }
  if (action === 'drop') {
    const consequence = `drop would give up ${work} for good`;
    await agree({ question: `Give up ${work} for good?`, consequence }, options, terminal);
  }
  await client.ask('POST', `${path}/${action}`);
  report({ done: 1, remaining: 0 }, output);
}

/** A large group takes several requests: each does as much as it can in a few seconds. */
async function actOnGroup(
  action: 'retry' | 'drop',
  groupId: string,
  client: GatewayClient,
  output: Output,
): Promise<void> {
  const { options, terminal } = output;
  const path = `/admin/failures/${groupId}`;
  const { count, kind, reason, host } = parseAnswer(FailureAnswer, await client.ask('GET', path));
  const where = host === null ? '' : ` at ${host}`;
  terminal.note(`${count} of ${kind} failed${where}: ${reason}\n`);
  if (options.dryRun) {
    terminal.note(`Nothing was done: without --dry-run this would ${action} ${count}.\n`);
    return;
  }
  if (action === 'drop') {
    const consequence = `drop would give ${count} works up for good`;
    await agree({ question: `Give ${count} works up for good?`, consequence }, options, terminal);
  }
  let done = 0;
  for (;;) {
    const made = parseAnswer(FailureAct, await client.ask('POST', `${path}/${action}`));
    done += made.done;
    if (made.remaining === 0 || made.done === 0) {
      report({ done, remaining: made.remaining }, output);
      return;
    }
    terminal.note(`${done} done, ${made.remaining} to go.\n`);
  }
}

function report(outcome: { done: number; remaining: number }, { options, terminal }: Output) {
  if (options.json) {
    writeObserved(outcome, terminal);
    return;
  }
  const rows = [[outcome.done, outcome.remaining]];
  terminal.write(renderRows({ header: ['DONE', 'REMAINING'], rows }, terminal.isInteractive));
}

function readGroup(text: string): string {
  if (/^[0-9a-f]{16}$/.test(text)) return text;
  throw new AppError(
    'validation-failed',
    `${text} is no group of "artdag-l2 queues failures"; for one work give the queue and its id.`,
  );
}
