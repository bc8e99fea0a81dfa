import { type Environment, reportFailure, run } from '@artdag/runtime';
import { readAllInOneConfig } from './config.ts';
import { createAllInOne } from './service.ts';

/** Runs the roles that the settings name, until the process is told to stop. */
export async function serve(env: Environment): Promise<void> {
  try {
    const config = readAllInOneConfig(env);
    await run({
      role: 'all-in-one',
      config: config.process,
      create: (runtime) => createAllInOne(config, runtime, env),
    });
  } catch (error) {
    reportFailure(error);
  }
}
