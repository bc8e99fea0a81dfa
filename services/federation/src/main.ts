import { readSettings, reportFailure, run } from '@artdag/runtime';
import { buildFederationConfig, federationSettings } from './config.ts';
import { createFederation } from './service.ts';

try {
  const config = buildFederationConfig(readSettings(federationSettings, process.env));
  await run({ role: 'federation', config, create: (runtime) => createFederation(config, runtime) });
} catch (error) {
  reportFailure(error);
}
