import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Registry } from 'prom-client';

/** A registry of metrics for one process, with those of the runtime (event-loop lag, memory, CPU). */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'artdag_' });
  return registry;
}

interface MetricOptions<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly L[];
  readonly buckets?: number[];
}

/** The counter of that name in `registry`, made at its first use: several queues share one. */
export function counterIn<L extends string>(
  registry: Registry,
  options: MetricOptions<L>,
): Counter<L> {
  const existing = registry.getSingleMetric(options.name);
  return existing ? (existing as Counter<L>) : new Counter({ ...options, registers: [registry] });
}

/** The gauge of that name in `registry`, made at its first use. */
export function gaugeIn<L extends string>(registry: Registry, options: MetricOptions<L>): Gauge<L> {
  const existing = registry.getSingleMetric(options.name);
  return existing ? (existing as Gauge<L>) : new Gauge({ ...options, registers: [registry] });
}

/** The histogram of that name in `registry`, made at its first use. */
export function histogramIn<L extends string>(
  registry: Registry,
  options: MetricOptions<L>,
): Histogram<L> {
  const existing = registry.getSingleMetric(options.name);
  return existing
    ? (existing as Histogram<L>)
    : new Histogram({ ...options, registers: [registry] });
}
