import { defineConfig } from 'vitest/config';

const sources = ['libs', 'services', 'tools', 'bench'];

/** Files of one worker share its modules, which keep nothing: to load them anew costs more than many tests. */
const isolate = false;

const withServers = {
  isolate,
  globalSetup: 'libs/testing/src/global-setup.ts',
  testTimeout: 180_000,
  hookTimeout: 120_000,
};

/** Those that say in what time answers must come while something is away. */
const timed = ['tests/faults/*-outage.test.ts', 'tests/faults/crashed-process.test.ts'];

/**
 * `unit` is pure and quick; `integration` needs one MongoDB and one Redis; `constellation` starts
 * whole processes; `faults` kills and replaces them, when the others are done; `outages` takes a store
 * away and holds answers to their times, so its files run one by one.
 */
export default defineConfig({
  test: {
    // Node runs our TypeScript as it is, as it does outside of tests: nothing is transformed, nothing mocked.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      {
        test: {
          name: 'unit',
          isolate,
          // Time for a machine that is busy; none of them needs a second of its own.
          testTimeout: 20_000,
          include: sources.map((folder) => `${folder}/**/*.test.ts`),
          exclude: ['**/node_modules/**', '**/*.integration.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...withServers,
          name: 'integration',
          include: sources.map((folder) => `${folder}/**/*.integration.test.ts`),
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...withServers,
          name: 'constellation',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/faults/**', '**/node_modules/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...withServers,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          exclude: [...timed, '**/node_modules/**'],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...withServers,
          name: 'outages',
          include: timed,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
