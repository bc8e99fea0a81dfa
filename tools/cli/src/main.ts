#!/usr/bin/env node
import { isAppError } from '@artdag/errors';
import { Command, CommanderError } from 'commander';
import { exportCommand } from './commands/export.ts';
import { hostsCommand } from './commands/hosts.ts';
import { importCommand } from './commands/import.ts';
import { restoreCommand } from './commands/restore.ts';
import { setupKeysCommand } from './commands/setup-keys.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodeOf } from './exit-code.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal(process);
const program = new Command('artdag-l2')
  .description('Run and look after an Art DAG L2 server.')
  .exitOverride()
  .showHelpAfterError('Run with --help to see what there is.')
  .addCommand(setupKeysCommand(process.env))
  .addCommand(hostsCommand(terminal))
  .addCommand(verifyCommand(terminal, process))
  .addCommand(importCommand(terminal))
  .addCommand(exportCommand(terminal))
  .addCommand(restoreCommand(terminal));
for (const command of allCommands(program)) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (isAppError(error)) process.stderr.write(`artdag-l2: ${error.message}\n`);
  else if (!(error instanceof CommanderError)) throw error;
}

/** Each command ends the process by itself unless it is told not to. */
function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
