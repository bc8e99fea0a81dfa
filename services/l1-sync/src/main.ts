import { readSettings, reportFailure, run } from '@artdag/runtime';
import { buildL1SyncConfig, l1SyncSettings } from './config.ts';
import { createL1Sync } from './service.ts';

try {
  const config = buildL1SyncConfig(readSettings(l1SyncSettings, process.env));
  await run({ role: 'l1-sync', config, create: (runtime) => createL1Sync(config, runtime) });
} catch (error) {
  reportFailure(error);
}
