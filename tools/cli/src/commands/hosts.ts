import { isAppError } from '@artdag/errors';
import { Command } from 'commander';
import { createGatewayClient, type GatewayClient } from '../gateway-client.ts';
import { type ActOptions, agree, writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';
import { ActAnswer, HostAnswer, HostPage, parseAnswer } from './host-answers.ts';

const ACTS = [
  { name: 'block', does: 'refuse what a host sends, send it nothing, drop what waits for it' },
  { name: 'allow', does: 'exchange activities with a host, also where its domain is blocked' },
  { name: 'pause', does: 'hold deliveries to a host back' },
  { name: 'resume', does: 'let deliveries to a host go on' },
  { name: 'retry', does: 'try waiting and failed deliveries to a host now' },
  { name: 'drop', does: 'give up every delivery that waits for a host' },
] as const;

/** Acts after which what waits is gone. */
const DESTRUCTIVE: ReadonlySet<string> = new Set(['block', 'drop']);

/** `hosts`: what an operator sees of peers' hosts and decides about them, through a gateway. */
export function hostsCommand(terminal: Terminal): Command {
  const connect = () => createGatewayClient(terminal.env);
  const group = new Command('hosts').description(
    'look after peers\' hosts; ARTDAG_URL names the gateway, "login" gets a token',
  );
  group
    .command('list')
    .description('list the hosts that are known, with what waits for them')
    .option('--json', 'one JSON document')
    .action(async (options: ActOptions) =>
      showHosts(await readHosts(await connect()), options, terminal),
    );
  group
    .command('show')
    .argument('<host>')
    .description('show what is known of a host')
    .option('--json', 'one JSON document')
    .action(async (host: string, options: ActOptions) =>
      showHost(await readHost(host, await connect()), options, terminal),
    );
  for (const { name, does } of ACTS) {
    group
      .command(name)
      .argument('<host>')
      .description(does)
      .option('--json', 'one JSON document')
      .option('--yes', 'do not ask')
      .option('--dry-run', 'only say what would be done')
      .action(async (host: string, options: ActOptions) =>
        act(name, host, options, terminal, await connect()),
      );
  }
  return group;
}

async function readHosts(client: GatewayClient): Promise<HostAnswer[]> {
  const hosts: HostAnswer[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = parseAnswer(
      HostPage,
      await client.ask('GET', `/moderation/hosts?limit=1000${query}`),
    );
    hosts.push(...page.hosts);
    cursor = page.next;
  }
  return hosts;
}

async function readHost(host: string, client: GatewayClient): Promise<HostAnswer> {
  return parseAnswer(HostAnswer, await client.ask('GET', pathOf(host)));
}

function pathOf(host: string): string {
  return `/moderation/hosts/${encodeURIComponent(host)}`;
}

function showHosts(hosts: readonly HostAnswer[], { json }: ActOptions, terminal: Terminal): void {
  if (json) {
    writeObserved({ hosts }, terminal);
    return;
  }
  const header = ['HOST', 'RULE', 'PAUSED', 'BREAKER', 'WAITING', 'OLDEST', 'LAST ERROR'];
  const rows = hosts.map((host) => [
    host.host,
    host.rule,
    host.paused_at,
    host.breaker.state,
    host.backlog.pending,
    host.backlog.oldest_at,
    host.last_error,
  ]);
  terminal.write(renderRows({ header, rows }, terminal.isInteractive));
  if (hosts.length === 0) terminal.note('No host is known yet.\n');
}

function showHost(host: HostAnswer, { json }: ActOptions, terminal: Terminal): void {
  if (json) {
    writeObserved(host, terminal);
    return;
  }
  const rows = [
    ['host', host.host],
    ['rule', host.rule],
    ['paused since', host.paused_at],
    ['breaker', host.breaker.state],
    ['breaker open until', host.breaker.open_until],
    ['failures', host.breaker.failures],
    ['waiting', host.backlog.pending],
    ['oldest waiting', host.backlog.oldest_at],
    ['last success', host.last_success_at],
    ['last error', host.last_error],
    ['last error at', host.last_error_at],
  ];
  terminal.write(renderRows({ header: ['WHAT', 'VALUE'], rows }, terminal.isInteractive));
}

async function act(
  action: string,
  host: string,
  options: ActOptions,
  terminal: Terminal,
  client: GatewayClient,
): Promise<void> {
  const waiting = await countWaiting(host, client);
  terminal.note(
    `${waiting} ${waiting === 1 ? 'delivery waits' : 'deliveries wait'} for ${host}.\n`,
  );
  if (options.dryRun) {
    terminal.note(`Nothing was done: without --dry-run this would ${action} ${host}.\n`);
    return;
  }
  if (DESTRUCTIVE.has(action) && waiting > 0) {
    await agree(
      {
        question: `Drop ${waiting} waiting deliveries?`,
        consequence: `${action} would drop ${waiting} waiting deliveries`,
      },
      options,
      terminal,
    );
  }
  const done = parseAnswer(ActAnswer, await client.ask('POST', `${pathOf(host)}/${action}`));
  if (options.json) {
    writeObserved(done, terminal);
    return;
  }
  const rows = [[done.host, done.action, done.deliveries]];
  terminal.write(
    renderRows({ header: ['HOST', 'DONE', 'DELIVERIES'], rows }, terminal.isInteractive),
  );
}

async function countWaiting(host: string, client: GatewayClient): Promise<number> {
  try {
    return (await readHost(host, client)).backlog.pending;
  } catch (error) {
    if (isAppError(error, 'not-found')) return 0;
    throw error;
  }
}
