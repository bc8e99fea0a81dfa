import { expandHome } from '@artdag/runtime';
import { Command } from 'commander';
import { openServer } from '../open-server.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { jsonImportOutput, tableImportOutput } from './import-output.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly repair?: boolean;
  readonly json?: boolean;
}

/** `import`: takes a data directory of the original in. */
export function importCommand(terminal: Terminal): Command {
  return new Command('import')
    .description("import a data directory of the original; the directory's files are not changed")
    .argument('<dir>', 'directory with registry.json, activities.json, keys/ and so on')
    .option('--dry-run', 'only report what an import would do')
    .option('--repair', 'serve activities that verify with the registry’s metadata put back so')
    .option('--json', 'one JSON document, with every record')
    .action((dir: string, options: Options) => runImport(expandHome(dir), options, terminal));
}

async function runImport(directory: string, options: Options, terminal: Terminal): Promise<void> {
  await using server = await openServer(terminal);
  const isDryRun = options.dryRun === true;
  using progress = createProgress(isDryRun ? 'Looking at' : 'Importing', terminal);
  const output = options.json
    ? jsonImportOutput({ directory, dry_run: isDryRun }, terminal)
    : tableImportOutput(terminal);
  const { importArchive } = await import('@artdag/archive');
  const report = await importArchive({
    ...server,
    directory,
    isDryRun,
    withRepairs: options.repair === true,
    onRecord: (record) => output.record(record),
    onProgress: (done, total) => progress.show(done, total),
  });
  progress[Symbol.dispose]();
  output.end(report);
  if (isDryRun) terminal.note('Nothing was written: run it without --dry-run to import.\n');
}
