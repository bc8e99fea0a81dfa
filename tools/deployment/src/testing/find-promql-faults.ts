import { parser } from '@prometheus-io/lezer-promql';

/** What is known of metrics: the labels of each. */
export type KnownMetrics = ReadonlyMap<string, ReadonlySet<string>>;

/** Labels that Prometheus adds to each metric, and that of a bucket. */
const EVERYWHERE = new Set(['job', 'instance', 'le', '__name__']);
const BY_PROMETHEUS: KnownMetrics = new Map([['up', new Set<string>()]]);
const OF_HISTOGRAMS = /_(bucket|count|sum)$/;

/** Everything that is wrong with an expression: its form, its metrics, the labels that it names. */
export function findPromqlFaults(expression: string, known: KnownMetrics): string[] {
  const faults: string[] = [];
  const labels = new Set<string>();
  const named: string[] = [];
  parser.parse(expression).iterate({
    enter({ name, type, from, to }) {
      const text = expression.slice(from, to);
      if (type.isError) faults.push(`cannot be read at ${from}: ${expression}`);
      if (name === 'VectorSelector') {
        const metric = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(text)?.[0] ?? '';
        const own = labelsOf(metric, known);
        if (own) for (const label of own) labels.add(label);
        else faults.push(`no such metric: ${metric}`);
      }
      if (name === 'LabelName') named.push(text);
    },
  });
  for (const label of named) {
    if (!labels.has(label) && !EVERYWHERE.has(label)) faults.push(`no such label: ${label}`);
  }
  return faults;
}

function labelsOf(metric: string, known: KnownMetrics): ReadonlySet<string> | undefined {
  return (
    known.get(metric) ?? known.get(metric.replace(OF_HISTOGRAMS, '')) ?? BY_PROMETHEUS.get(metric)
  );
}
