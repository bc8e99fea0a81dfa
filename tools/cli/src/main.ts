#!/usr/bin/env node
import { isAppError } from '@artdag/errors';
import { Command, CommanderError } from 'commander';
import { setupKeysCommand } from './commands/setup-keys.ts';
import { exitCodeOf } from './exit-code.ts';

const program = new Command('artdag-l2')
  .description('Run and look after an Art DAG L2 server.')
  .exitOverride()
  .showHelpAfterError('Run with --help to see what there is.')
  .addCommand(setupKeysCommand().exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (isAppError(error)) process.stderr.write(`artdag-l2: ${error.message}\n`);
  else if (!(error instanceof CommanderError)) throw error;
}
