import { type Environment, run } from '@artdag/runtime';
import { readAllInOneConfig } from './config.ts';
import { createAllInOne } from './service.ts';

/**
 * Runs the roles that the settings name, until the process is told to stop.
 *
 * @throws AppError `settings-invalid`; what fails later is told by the exit code of the process.
 */
export async function serve(env: Environment): Promise<void> {
  const config = readAllInOneConfig(env);
  await run({
    role: 'all-in-one',
    config: config.process,
    create: (runtime) => createAllInOne(config, runtime, env),
  });
}
