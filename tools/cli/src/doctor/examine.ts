import { join } from 'node:path';
import { type AllInOneConfig, readAllInOneConfig } from '@artdag/all-in-one';
import { CHECKS, diagnose, type Finding } from '@artdag/diagnostics';
import { isAppError } from '@artdag/errors';
import { findRunningServer } from '@artdag/local-servers';
import { createGuardedFetch } from '@artdag/peers';
import { createQueueInspector } from '@artdag/queues';
import type { Environment } from '@artdag/runtime';
import { connectStore, type Store } from '@artdag/store';

/** A finding, and why what was checked matters. */
export interface Diagnosis extends Finding {
  readonly means: string;
}

/** Looks at a server from outside, by the settings that it is started with. */
export async function examine(env: Environment): Promise<Diagnosis[]> {
  const findings = await findAll(env);
  return findings.map((finding) => ({ ...finding, means: CHECKS[finding.check] }));
}

async function findAll(env: Environment): Promise<Finding[]> {
  const settings = readConfig(env);
  if ('finding' in settings) return [settings];
  const { config } = settings;
  await using parts = new AsyncDisposableStack();
  const { gateway, process, dataDirectory, given } = config;
  const mongodbUrl = given.mongodbUrl ?? findRunningServer('mongodb', dataDirectory);
  const redisUrl = given.redisUrl ?? findRunningServer('redis', dataDirectory);
  const store = mongodbUrl === undefined ? undefined : await connect(mongodbUrl);
  if (store) parts.use(store);
  const { publicUrl } = gateway({ mongodbUrl: '', redisUrl: '' });
  const { fetch } = parts.use(createGuardedFetch({ userAgent: 'artdag-l2 doctor' }));
  const findings = await diagnose({
    store,
    inspector:
      redisUrl === undefined
        ? undefined
        : parts.use(createQueueInspector({ redisUrl, prefix: process.queuePrefix })),
    countFailures: async () => (await store?.failures.groups()) ?? [],
    keyDirectory: join(dataDirectory, 'keys'),
    publicUrl,
    fetch,
    now: () => new Date(),
  });
  return [{ check: 'settings', state: 'ok', finding: 'every setting is valid' }, ...findings];
}

function readConfig(env: Environment): Finding | { readonly config: AllInOneConfig } {
  try {
    return { config: readAllInOneConfig(env) };
  } catch (error) {
    if (!isAppError(error, 'settings-invalid')) throw error;
    return {
      check: 'settings',
      state: 'failure',
      finding: error.message,
      fix: 'Correct them: docs/configuration.md says what is expected.',
    };
  }
}

async function connect(url: string): Promise<Store | undefined> {
  try {
    return await connectStore(url);
  } catch (error) {
    if (isAppError(error, 'start-failed')) return undefined;
    throw error;
  }
}
