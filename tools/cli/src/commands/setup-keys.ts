import { join } from 'node:path';
import { setupKeys } from '@artdag/keyring';
import { dataSettings, expandHome, identitySettings, readSettings } from '@artdag/runtime';
import { Command } from 'commander';
import { Type } from 'typebox';
import type { Terminal } from '../terminal.ts';

const settings = Type.Object({ ...identitySettings, ...dataSettings });

/** `setup-keys`: makes the keys of a user before the first start. */
export function setupKeysCommand({ env, write }: Terminal): Command {
  return new Command('setup-keys')
    .description('make the key pairs of a user; keys that exist are never overwritten')
    .option('--data-dir <dir>', 'data directory, in place of ARTDAG_DATA')
    .option('--user <name>', 'user name, in place of ARTDAG_USER')
    .action(async (options: { dataDir?: string; user?: string }) => {
      const { ARTDAG_DATA, ARTDAG_USER } = readSettings(settings, env);
      const directory = join(expandHome(options.dataDir ?? ARTDAG_DATA), 'keys');
      const { paths } = await setupKeys({ directory, username: options.user ?? ARTDAG_USER });
      write(
        Object.values<string>({ ...paths })
          .map((path) => `${path}\n`)
          .join(''),
      );
    });
}
