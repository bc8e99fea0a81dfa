#!/usr/bin/env node
import { isAppError } from '@artdag/errors';
import { Command, CommanderError } from 'commander';
import { hostsCommand } from './commands/hosts.ts';
import { setupKeysCommand } from './commands/setup-keys.ts';
import { verifyCommand } from './commands/verify.ts';
import { exitCodeOf } from './exit-code.ts';
import { createTerminal } from './terminal.ts';

const program = new Command('artdag-l2')
  .description('Run and look after an Art DAG L2 server.')
  .exitOverride()
  .showHelpAfterError('Run with --help to see what there is.')
  .addCommand(setupKeysCommand(process.env))
  .addCommand(hostsCommand(createTerminal(process)))
  .addCommand(verifyCommand(createTerminal(process), process));
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
