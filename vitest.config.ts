import { defineConfig } from 'vitest/config';

const sources = ['libs', 'services', 'tools'];

/** `unit` is pure and quick; `integration` needs one MongoDB and one Redis; `constellation` starts whole processes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Pure tests share nothing that could leak, and starting a context for each file costs more than they do.
          isolate: false,
          include: sources.map((folder) => `${folder}/**/*.test.ts`),
          exclude: ['**/node_modules/**', '**/*.integration.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: sources.map((folder) => `${folder}/**/*.integration.test.ts`),
          globalSetup: 'libs/testing/src/global-setup.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'constellation',
          include: ['tests/**/*.test.ts'],
          globalSetup: 'libs/testing/src/global-setup.ts',
          testTimeout: 180_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
