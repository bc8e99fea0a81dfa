import { expandHome } from '@artdag/runtime';
import { Command, Option } from 'commander';
import { openServer } from '../open-server.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';

interface Options {
  readonly format: 'original' | 'ndjson';
  readonly keys: boolean;
  readonly json?: boolean;
}

/** `export`: writes a data directory of the original, or a backup of everything. */
export function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .description("write the original's data directory, or with --format ndjson a full backup")
    .argument('<dir>', 'directory that is not there yet')
    .addOption(
      new Option('--format <format>', 'what to write')
        .choices(['original', 'ndjson'])
        .default('original'),
    )
    .option('--no-keys', 'leave private keys out')
    .option('--json', 'one JSON document')
    .action((dir: string, options: Options) => runExport(expandHome(dir), options, terminal));
}

async function runExport(directory: string, options: Options, terminal: Terminal): Promise<void> {
  const { exportArchive, writeBackup } = await import('@artdag/archive');
  await using server = await openServer(terminal);
  const { format, keys: withPrivateKeys, json } = options;
  const wish = { ...server, directory, withPrivateKeys };
  const { keys, ...report } =
    format === 'ndjson'
      ? await writeBackup({ ...wish, now: new Date() })
      : await exportArchive(wish);
  if (json) {
    const observed = { directory, format, ...report, keys };
    terminal.write(`${JSON.stringify({ observed }, undefined, 2)}\n`);
  } else {
    const counts = 'files' in report ? report.files : report.collections;
    const rows = [...Object.entries(counts), ['keys', keys] as const];
    terminal.write(renderRows({ header: ['WHAT', 'COUNT'], rows }, terminal.isInteractive));
  }
  if ('unsigned' in report && report.unsigned > 0) {
    terminal.note(
      `${report.unsigned} activities wait for their signature and are not in it: let the server end its work, and export again.\n`,
    );
  }
  if (withPrivateKeys && keys > 0) {
    terminal.note(`Private keys are in ${directory}/keys: keep it where only you can read it.\n`);
  }
}
