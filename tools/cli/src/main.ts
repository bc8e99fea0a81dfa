#!/usr/bin/env node
import { isAppError } from '@artdag/errors';
import { CommanderError } from 'commander';
import { exitCodeOf } from './exit-code.ts';
import { createProgram } from './program.ts';
import { createTerminal } from './terminal.ts';

try {
  await createProgram(createTerminal(process), process).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  if (isAppError(error)) process.stderr.write(`artdag-l2: ${error.message}\n`);
  else if (!(error instanceof CommanderError)) throw error;
}
