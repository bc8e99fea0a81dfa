export { type BriefCache, type BriefCacheOptions, createBriefCache } from './brief-cache.ts';
export { askHealth, type HealthCheck, type HealthReport } from './health.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { createCommandObserver } from './metrics/command-observer.ts';
export {
  type LabelOf,
  type MetricEntry,
  type MetricName,
  metricCatalog,
} from './metrics/metric-catalog.ts';
export {
  counterIn,
  createMetrics,
  gaugeIn,
  histogramIn,
  type Registry,
  sampleGaugeIn,
} from './metrics/metrics-in.ts';
export { createQueueObserver } from './metrics/queue-observer.ts';
export { type RunOptions, type Runtime, reportFailure, run, type Service } from './run.ts';
export { buildProcessConfig, type ProcessConfig } from './settings/build-process-config.ts';
export {
  dataSettings,
  identitySettings,
  processSettings,
  storeSettings,
} from './settings/common-settings.ts';
export {
  describeSettings,
  type EffectiveSetting,
  type SettingSource,
} from './settings/describe-settings.ts';
export { expandHome } from './settings/expand-home.ts';
export { l1Settings, listL1Servers } from './settings/l1-settings.ts';
export { type Environment, readSettings, settingsError } from './settings/read-settings.ts';
export {
  readSigningAccess,
  type SigningAccess,
  signingSettings,
} from './settings/signing-settings.ts';
export type { RequestSpan, SpanAttributes, Tracing } from './tracing/tracing.ts';
