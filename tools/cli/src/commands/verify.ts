import { webcrypto } from 'node:crypto';
import { AppError, isAppError } from '@artdag/errors';
import { createGuardedFetch } from '@artdag/peers';
import type { Environment } from '@artdag/runtime';
import {
  collectEvidence,
  createWebCrypto,
  type Evidence,
  type KeyEvidence,
  type Report,
  verifyActivity,
} from '@artdag/verification';
import { Command } from 'commander';
import { EXIT_CODES } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { createAskWeb } from '../verify/ask-web.ts';
import { hashFile } from '../verify/hash-file.ts';
import { isDirectory, readKeyFile, readText } from '../verify/read-local.ts';
import { readUrl } from '../verify/read-url.ts';
import { renderReport } from '../verify/render-report.ts';
import { renderSummary, summarize, summaryJson } from '../verify/render-summary.ts';
import { exitCodeOfVerdicts } from '../verify/verdict-exit-code.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';

interface Options {
  readonly file?: string;
  readonly key?: string;
  readonly allowHost: readonly string[];
  readonly json?: boolean;
}

const NO_KEY: KeyEvidence = {
  missing: 'none was given. Save the actor and name it with --key, or verify the URL.',
};

/** `verify`: whether a claim holds, and why not. It sets the exit code of the process. */
export function verifyCommand(terminal: Terminal, process: Pick<NodeJS.Process, 'exitCode'>) {
  return new Command('verify')
    .description('verify a signed activity, and say what that proves and what not')
    .argument(
      '<target>',
      'a file with an activity; the URL of an activity, asset, object or actor; or a data directory',
    )
    .option('--file <path>', 'also compare the content hash with this file')
    .option('--key <path>', "the actor's public key: a PEM, or his document")
    .option(
      '--allow-host <host:port>',
      'for development: ask this host also by http and on private addresses; may be repeated, and ARTDAG_ALLOWED_HOSTS lists more',
      (host: string, hosts: readonly string[]) => [...hosts, host],
      [],
    )
    .option('--json', 'one JSON document, with what was signed apart from what was observed')
    .addHelpText(
      'after',
      '\nA file and a directory are verified off line: give --key for a file. Exit codes: 0 holds, 10 signature invalid,\n' +
        '11 unsigned, 12 cannot tell, 13 file differs, 14 proof invalid, 15 contested or withdrawn.',
    )
    .action(async (target: string, options: Options) => {
      process.exitCode = await verify(target, options, terminal);
    });
}

async function verify(target: string, options: Options, terminal: Terminal): Promise<number> {
  const file = options.file === undefined ? undefined : await hashFile(options.file);
  const key = options.key === undefined ? undefined : await readKeyFile(options.key);
  const given = { ...(file && { file }), ...(key && { key }) };
  if (/^https?:\/\//i.test(target)) return verifyUrl(target, given, { options, terminal });
  if (await isDirectory(target))
    return showMany(verifyDirectory(target, given, judge), options, terminal);
  const text = await readText(target);
  return showOne(await judge({ text, key: NO_KEY, ...given }), options, terminal);
}

async function verifyUrl(
  address: string,
  given: Partial<Evidence>,
  { options, terminal }: { readonly options: Options; readonly terminal: Terminal },
): Promise<number> {
  await using web = createGuardedFetch({
    userAgent: 'artdag-l2 verify',
    allowedHosts: [...options.allowHost, ...readAllowedHosts(terminal.env)],
  });
  const ask = createAskWeb(web);
  try {
    const { server, texts, isList } = await readUrl(address, ask);
    const reports = judgeAll(texts, async (text) => ({
      ...(await collectEvidence(text, { ask, server })),
      ...given,
    }));
    if (isList) return await showMany(reports, options, terminal);
    for await (const report of reports) return showOne(report, options, terminal);
    throw new AppError('not-found', `${address} has no activity.`);
  } catch (error) {
    if (!isAppError(error, 'gone')) throw error;
    terminal.note(`artdag-l2: ${error.message}\n`);
    return EXIT_CODES.contestedOrWithdrawn.code;
  }
}

/** The hosts that federation may reach on this machine, so that the same commands work there. */
function readAllowedHosts(env: Environment): string[] {
  return (env['ARTDAG_ALLOWED_HOSTS'] ?? '').split(',').filter((host) => host.trim() !== '');
}

async function* judgeAll(
  texts: AsyncIterable<string>,
  collect: (text: string) => Promise<Evidence>,
): AsyncGenerator<Report> {
  for await (const text of texts) yield judge(await collect(text));
}

function judge(evidence: Evidence): Promise<Report> {
  const crypto = createWebCrypto(webcrypto.subtle);
  return verifyActivity(evidence, { crypto, now: new Date() });
}

function showOne(report: Report, { json }: Options, terminal: Terminal): number {
  if (json) terminal.write(`${JSON.stringify(report, undefined, 2)}\n`);
  else terminal.write(renderReport(report, terminal.isInteractive));
  terminal.note(`${report.summary}\n`);
  return exitCodeOfVerdicts(new Set([report.verdict]));
}

async function showMany(
  reports: AsyncIterable<Report>,
  { json }: Options,
  terminal: Terminal,
): Promise<number> {
  const summary = await summarize(reports);
  if (json) terminal.write(`${JSON.stringify(summaryJson(summary), undefined, 2)}\n`);
  else terminal.write(renderSummary(summary, terminal.isInteractive));
  return exitCodeOfVerdicts(new Set(summary.counts.keys()));
}
