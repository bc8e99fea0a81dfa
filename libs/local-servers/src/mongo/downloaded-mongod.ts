import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Candidate, LocalServerOptions, Missing } from '../local-server.ts';
import { runCommand } from '../processes/run-command.ts';
import { foundMongod } from './found-mongod.ts';
import { mongodVersion } from './mongod-version.ts';

/** Every try without a network keeps a start waiting for seconds. */
const TRY_AGAIN_AFTER_MS = 10 * 60_000;

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
      const failure = join(cacheDir, 'mongod.failure');
      const earlier = await readFailure(failure);
      if (earlier) return earlier;
      log.info(
        { server: 'MongoDB' },
        `MongoDB: looking for mongod ${mongodVersion} in the cache, else downloading it`,
      );
      const { code, output } = await runCommand(
        { command: process.execPath, args: [downloader, folder] },
        { env, withinMs: 900_000 },
      );
      const line = output.trim().split('\n').at(-1) ?? '';
      if (code === 0) {
        await rm(failure, { force: true });
        return foundMongod(line, env);
      }
      const missing = line || 'the download failed';
      await writeFile(failure, missing).catch(() => undefined);
      return { missing };
    },
  };
}

/** Why the download has failed a short time ago, if it has. */
async function readFailure(file: string): Promise<Missing | undefined> {
  try {
    const ageMs = Date.now() - (await stat(file)).mtimeMs;
    if (ageMs > TRY_AGAIN_AFTER_MS) return undefined;
    const reason = await readFile(file, 'utf8');
    const minutes = Math.round(ageMs / 60_000);
    return { missing: `${reason} (${minutes} min ago; remove ${file} to try again now)` };
  } catch {
    return undefined;
  }
}
