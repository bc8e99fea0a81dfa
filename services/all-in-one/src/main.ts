import { reportFailure, run } from '@artdag/runtime';
import { readAllInOneConfig } from './config.ts';
import { createAllInOne } from './service.ts';

try {
  const config = readAllInOneConfig(process.env);
  await run({
    role: 'all-in-one',
    config: config.process,
    create: (runtime) => createAllInOne(config, runtime, process.env),
  });
} catch (error) {
  reportFailure(error);
}
