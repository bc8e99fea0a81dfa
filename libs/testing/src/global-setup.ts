import type { TestProject } from 'vitest/node';
import { shareTestServers, type TestServers } from './share-test-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUrl: string;
    redisUrl: string;
  }
}

/** One MongoDB and one Redis for the whole run; where none can be had, the run fails. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers: TestServers = await shareTestServers();
  project.provide('mongodbUrl', servers.mongodbUrl);
  project.provide('redisUrl', servers.redisUrl);
  return servers.release;
}
