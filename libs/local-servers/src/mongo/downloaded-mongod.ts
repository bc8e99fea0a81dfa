import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { runCommand } from '../processes/run-command.ts';
import { foundMongod } from './found-mongod.ts';
import { mongodVersion } from './mongod-version.ts';

const downloader = fileURLToPath(new URL('./download-mongod.ts', import.meta.url));

/** In a process of its own: the library has no way to give up a download that stands still. */
export function downloadedMongod({ cacheDir, env, log }: LocalServerOptions): Candidate {
  return {
    name: `mongod ${mongodVersion}, downloaded`,
    format: 'mongod',
    async find() {
      const folder = join(cacheDir, 'mongod');
      const hasFolder = await mkdir(folder, { recursive: true }).then(
        () => true,
        () => false,
      );
      if (!hasFolder) return { missing: `the cache folder ${cacheDir} cannot be written` };
      log.info(
        { server: 'MongoDB' },
        `MongoDB: looking for mongod ${mongodVersion} in the cache, else downloading it`,
      );
      const { code, output } = await runCommand(
        { command: process.execPath, args: [downloader, folder] },
        { env, withinMs: 900_000 },
      );
      const line = output.trim().split('\n').at(-1) ?? '';
      return code === 0 ? foundMongod(line, env) : { missing: line || 'the download failed' };
    },
  };
}
