import { readSettings, reportFailure, run } from '@artdag/runtime';
import { buildGatewayConfig, gatewaySettings } from './config.ts';
import { createGateway } from './service.ts';

try {
  const config = buildGatewayConfig(readSettings(gatewaySettings, process.env));
  await run({ role: 'gateway', config, create: (runtime) => createGateway(config, runtime) });
} catch (error) {
  reportFailure(error);
}
