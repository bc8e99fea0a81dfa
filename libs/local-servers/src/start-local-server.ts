import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@artdag/errors';
import { readDataFormat, writeDataFormat } from './data-format.ts';
import { findServer } from './find-server.ts';
import type { LocalServer, LocalServerOptions, ServerKind } from './local-server.ts';
import { lockData, readServerUrl } from './processes/lock-data.ts';
import { runServer } from './processes/run-server.ts';

/** Finds a server by the chain of `kind`, starts it on the data below `dataDir`, and waits until it answers. */
export async function startLocalServer(
  kind: ServerKind,
  options: LocalServerOptions,
): Promise<LocalServer> {
  const dataDir = join(options.dataDir, kind.folder);
  const logFile = join(options.dataDir, 'logs', `${kind.folder}.log`);
  await makeFolders(options.dataDir, [dataDir, join(options.dataDir, 'logs')]);
  const lock = await lockData(`${dataDir}.lock`, `The ${kind.name} data in ${dataDir}`);
  try {
    const { candidate, found } = await findServer(kind, await readDataFormat(dataDir), options.log);
    await writeDataFormat(dataDir, candidate.format);
    const server = await runServer({
      kind,
      found,
      dataDir,
      logFile,
      env: options.env,
      onStart: lock.nameServer,
    });
    lock.nameUrl(server.url);
    if (found.warning !== undefined) options.log.warn({ server: kind.name }, found.warning);
    options.log.info({ server: kind.name, logFile }, `${kind.name}: ready at ${server.url}`);
    const stop = async () => {
      await server.stop();
      lock.release();
    };
    const description = `${candidate.name}: ${found.description}`;
    return { url: server.url, found: description, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The URL of the server that another process runs on the data below `dataDir`, if one does. */
export function findRunningServer(
  folder: 'mongodb' | 'redis',
  dataDir: string,
): string | undefined {
  return readServerUrl(`${join(dataDir, folder)}.lock`);
}

async function makeFolders(root: string, folders: readonly string[]): Promise<void> {
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      'start-failed',
      `The data directory ${root} cannot be written: set ARTDAG_DATA to a folder that can be`,
      { cause },
    );
  }
}
