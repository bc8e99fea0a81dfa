import type { Static, TObject } from 'typebox';
import type { processSettings } from './common-settings.ts';

/** What every process needs to run, whatever its role. */
export interface ProcessConfig {
  readonly queuePrefix: string;
  readonly logLevel: string;
  /** The internal listener, or nothing where no port is set. */
  readonly internalListener: { readonly host: string; readonly port: number } | undefined;
  readonly drainMs: number;
  /** Where traces go, or nothing where none are kept. */
  readonly tracing?: { readonly endpoint: string; readonly ratio: number } | undefined;
}

type ProcessSettings = Static<TObject<typeof processSettings>>;

/** Turns the settings of a process into its config. */
export function buildProcessConfig(settings: ProcessSettings): ProcessConfig {
  const port = settings.ARTDAG_METRICS_PORT;
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    queuePrefix: settings.ARTDAG_QUEUE_PREFIX,
    logLevel: settings.ARTDAG_LOG_LEVEL,
    internalListener: port === undefined ? undefined : { host: settings.ARTDAG_METRICS_HOST, port },
    tracing: endpoint === undefined ? undefined : { endpoint, ratio: settings.ARTDAG_TRACE_RATIO },
    drainMs: settings.ARTDAG_DRAIN_SECONDS * 1000,
  };
}
