import { readSettings, reportFailure, run } from '@artdag/runtime';
import { buildSignerConfig, signerSettings } from './config.ts';
import { createSigner } from './service.ts';

try {
  const config = buildSignerConfig(readSettings(signerSettings, process.env));
  await run({ role: 'signer', config, create: (runtime) => createSigner(config, runtime) });
} catch (error) {
  reportFailure(error);
}
