import { Command } from 'commander';
import { completionCommand } from './commands/completion.ts';
import { devCommand } from './commands/dev.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { hostsCommand } from './commands/hosts.ts';
import { importCommand } from './commands/import.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { queuesCommand } from './commands/queues.ts';
import { restoreCommand } from './commands/restore.ts';
import { serveCommand } from './commands/serve.ts';
import { setupKeysCommand } from './commands/setup-keys.ts';
import { usersCommand } from './commands/users.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Terminal } from './terminal.ts';

/** What is told to the shell when a command has ended without an error. */
export type ExitStatus = Pick<NodeJS.Process, 'exitCode'>;

/** Every command. Errors are thrown, never printed. */
export function createProgram(terminal: Terminal, status: ExitStatus): Command {
  const program = new Command('artdag-l2')
    .description('Run and look after an Art DAG L2 server.')
    .showHelpAfterError('Run with --help to see what there is.')
    .addCommand(serveCommand(terminal))
    .addCommand(doctorCommand(terminal, status))
    .addCommand(setupKeysCommand(terminal))
    .addCommand(loginCommand(terminal))
    .addCommand(logoutCommand(terminal))
    .addCommand(usersCommand(terminal))
    .addCommand(hostsCommand(terminal))
    .addCommand(queuesCommand(terminal))
    .addCommand(verifyCommand(terminal, status))
    .addCommand(importCommand(terminal))
    .addCommand(exportCommand(terminal))
    .addCommand(restoreCommand(terminal))
    .addCommand(devCommand(terminal));
  program.addCommand(completionCommand(terminal, program));
  // Each command ends the process by itself unless it is told not to.
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({ writeOut: terminal.write, writeErr: terminal.note });
  }
  return program;
}

/** A command and all below it. */
export function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
