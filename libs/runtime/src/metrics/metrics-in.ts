import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import {
  type LabelOf,
  type MetricEntry,
  type MetricName,
  metricCatalog,
} from './metric-catalog.ts';

export type { Registry } from 'prom-client';

/** A registry of metrics for one process, with those of the runtime (event-loop lag, memory, CPU). */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'artdag_' });
  return registry;
}

/** The counter of that name in `registry`, made at its first use: several queues share one. */
export function counterIn<Name extends MetricName<'counter'>>(
  registry: Registry,
  name: Name,
): Counter<LabelOf<Name>> {
  const existing = registry.getSingleMetric(name);
  return existing
    ? (existing as Counter<LabelOf<Name>>)
    : new Counter({ ...describe(name), registers: [registry] });
}

/** The gauge of that name in `registry`, made at its first use. */
export function gaugeIn<Name extends MetricName<'gauge'>>(
  registry: Registry,
  name: Name,
): Gauge<LabelOf<Name>> {
  const existing = registry.getSingleMetric(name);
  return existing
    ? (existing as Gauge<LabelOf<Name>>)
    : new Gauge({ ...describe(name), registers: [registry] });
}

/** The histogram of that name in `registry`, made at its first use. */
export function histogramIn<Name extends MetricName<'histogram'>>(
  registry: Registry,
  name: Name,
): Histogram<LabelOf<Name>> {
  const existing = registry.getSingleMetric(name);
  const { buckets = [] }: MetricEntry = metricCatalog[name];
  return existing
    ? (existing as Histogram<LabelOf<Name>>)
    : new Histogram({ ...describe(name), buckets: [...buckets], registers: [registry] });
}

/** One value of a gauge. */
export interface Sample<Label extends string> {
  readonly labels: Readonly<Record<Label, string>>;
  readonly value: number;
}

/**
 * Registers a gauge whose values are asked for at each scrape. While `sample` fails it has no value
 * at all, as an old one would look like a good one.
 */
export function sampleGaugeIn<Name extends MetricName<'gauge'>>(
  registry: Registry,
  name: Name,
  sample: () => Promise<readonly Sample<LabelOf<Name>>[]>,
): void {
  if (registry.getSingleMetric(name)) return;
  new Gauge({
    ...describe(name),
    registers: [registry],
    async collect() {
      const samples = await sample().catch(() => []);
      this.reset();
      for (const { labels, value } of samples) this.set(labels, value);
    },
  });
}

function describe<Name extends MetricName>(name: Name) {
  const { help, labels } = metricCatalog[name];
  const labelNames = Object.keys(labels).filter((label): label is LabelOf<Name> => label in labels);
  return { name, help, labelNames };
}
