import { expandHome } from '@artdag/runtime';
import { Command } from 'commander';
import { openServer } from '../open-server.ts';
import { createProgress } from '../progress.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `restore`: takes a backup into an empty database. */
export function restoreCommand(terminal: Terminal): Command {
  return new Command('restore')
    .description('restore a backup of export --format ndjson into an empty database')
    .argument('<dir>', 'directory of the backup')
    .option('--dry-run', 'only check the backup and the database')
    .option('--json', 'one JSON document')
    .action((dir: string, options: Options) => runRestore(expandHome(dir), options, terminal));
}

async function runRestore(directory: string, options: Options, terminal: Terminal): Promise<void> {
  await using server = await openServer(terminal);
  const isDryRun = options.dryRun === true;
  using progress = createProgress('Restoring', terminal);
  const { restoreBackup } = await import('@artdag/archive');
  const { collections, keys } = await restoreBackup({
    ...server,
    directory,
    isDryRun,
    onProgress: (done, total) => progress.show(done, total),
  });
  progress[Symbol.dispose]();
  if (options.json) {
    const observed = { directory, dry_run: isDryRun, collections, keys };
    terminal.write(`${JSON.stringify({ observed }, undefined, 2)}\n`);
  } else {
    const rows = [...Object.entries(collections), ['keys', keys] as const];
    terminal.write(renderRows({ header: ['WHAT', 'COUNT'], rows }, terminal.isInteractive));
  }
  if (isDryRun) terminal.note('Nothing was written: run it without --dry-run to restore.\n');
}
