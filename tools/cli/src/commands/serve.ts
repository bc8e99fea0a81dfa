import { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

/** `serve`: what `npm start` runs. */
export function serveCommand({ env }: Terminal): Command {
  return new Command('serve')
    .description('run the server until it is stopped, with every role or those of ROLES')
    .option('--roles <list>', 'roles as a comma list, in place of ROLES')
    .action(async ({ roles }: { roles?: string }) => {
      // A server is much to load for who only asks something.
      const { serve } = await import('@artdag/all-in-one');
      await serve(roles === undefined ? env : { ...env, ROLES: roles });
    });
}
