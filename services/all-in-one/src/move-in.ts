import { join } from 'node:path';
import { createIris } from '@artdag/activitypub';
import { findArchive, importArchive } from '@artdag/archive';
import type { Logger } from '@artdag/runtime';
import { connectStore, type Store } from '@artdag/store';
import type { AllInOneConfig } from './config.ts';

/**
 * Looks for a data directory of the original in `ARTDAG_DATA`. It is imported where `ARTDAG_IMPORT` is
 * `auto`; else whoever starts the server is told how. An import that was cut off is gone on with.
 *
 * @throws AppError where it is to be imported and cannot be; nothing is written then.
 */
export async function moveIn(
  config: AllInOneConfig,
  mongodbUrl: string,
  logger: Logger,
): Promise<void> {
  await using store = await connectStore(mongodbUrl);
  const found = await findArchive(config.dataDirectory, store);
  if (found === 'nothing') return;
  if (config.movesIn) await importAll(config, store, logger);
  else offer(config.dataDirectory, found);
}

async function importAll(
  { dataDirectory, publicUrl, firstUser }: AllInOneConfig,
  store: Store,
  logger: Logger,
): Promise<void> {
  logger.info({ dataDirectory }, 'importing the data directory of the original');
  const { files, verified, repairs } = await importArchive({
    directory: dataDirectory,
    store,
    keyDirectory: join(dataDirectory, 'keys'),
    iris: createIris(publicUrl),
    firstUser,
    isDryRun: false,
    withRepairs: false,
  });
  logger.info({ files, verified, repairs }, 'the data directory of the original is imported');
}

function offer(dataDirectory: string, found: 'new' | 'unfinished'): void {
  const what =
    found === 'new'
      ? `${dataDirectory} has a registry of the original, and the database is empty.`
      : `The import of ${dataDirectory} has not ended.`;
  process.stderr.write(
    [
      '',
      what,
      'To take it in, stop this server and run',
      `  npm run artdag-l2 -- import '${dataDirectory}' --dry-run   (only look)`,
      `  npm run artdag-l2 -- import '${dataDirectory}'`,
      'or start it with ARTDAG_IMPORT=auto.',
      '',
    ].join('\n'),
  );
}
