export { createTestPrefix } from './create-test-prefix.ts';
export { createTestRuntime } from './create-test-runtime.ts';
export { createTestDatabaseUrl, createTestStore } from './create-test-store.ts';
