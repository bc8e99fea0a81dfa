import { createLogger, createMetrics, type Runtime } from '@artdag/runtime';

/** A runtime with metrics of its own that logs nothing. */
export function createTestRuntime(): Runtime {
  return { logger: createLogger({ role: 'test', level: 'silent' }), metrics: createMetrics() };
}
