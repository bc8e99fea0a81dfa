import { describeSettings, readSettings, reportFailure, run } from '@artdag/runtime';
import { buildGatewayConfig, gatewaySettings } from './config.ts';
import { createGateway } from './service.ts';

try {
  const effective = describeSettings(gatewaySettings, process.env);
  const config = buildGatewayConfig(readSettings(gatewaySettings, process.env), effective);
  await run({ role: 'gateway', config, create: (runtime) => createGateway(config, runtime) });
} catch (error) {
  reportFailure(error);
}
