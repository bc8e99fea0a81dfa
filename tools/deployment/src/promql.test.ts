import { readFileSync } from 'node:fs';
import { allContracts } from '@artdag/queues';
import { createMetrics, metricCatalog } from '@artdag/runtime';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { boards } from './boards/boards.ts';
import { findPromqlFaults, type KnownMetrics } from './testing/find-promql-faults.ts';

const own = Object.entries(metricCatalog).map(
  ([name, { labels }]) => [name, new Set(Object.keys(labels))] as const,
);
const ofTheProcess = createMetrics()
  .getMetricsAsArray()
  .map(({ name }) => [name, new Set<string>()] as const);
const known: KnownMetrics = new Map([...own, ...ofTheProcess]);

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const ofBoards = Object.values(boards).flatMap(({ title, panels }) =>
  panels.flatMap((panel) =>
    panel.kind === 'text'
      ? []
      : panel.queries.map(({ expr }) => [`${title}, ${panel.title}`, withoutVariables(expr)]),
  ),
);
const ofVariables = Object.values(boards).flatMap(({ title, variables }) =>
  variables.flatMap((variable) =>
    variable.kind === 'values'
      ? [[`${title}, ${variable.label}`, variable.query.replace(/^label_values\((.*),.*\)$/, '$1')]]
      : [],
  ),
);
const ofAlerts = parse(read('deploy/prometheus/alerts.yml')).groups.flatMap(
  (group: { rules: { alert: string; expr: string }[] }) =>
    group.rules.map(({ alert, expr }) => [alert, expr]),
);
const ofScalers = parseAllDocuments(read('deploy/k8s/keda/scaled-objects.yaml')).flatMap(
  (document) => {
    const { metadata, spec } = document.toJS();
    return spec.triggers.map((trigger: { name: string; metadata: { query: string } }) => [
      `scaling of ${metadata.name} by ${trigger.name}`,
      trigger.metadata.query,
    ]);
  },
);

/** Grafana puts a span and a choice in before Prometheus reads it. */
function withoutVariables(expr: string): string {
  return expr.replaceAll('[$__rate_interval]', '[5m]').replaceAll('"$queue"', '"sign-activity"');
}

test.each([...ofBoards, ...ofVariables, ...ofAlerts, ...ofScalers])(
  '%s asks for what there is',
  (_where, expr) => {
    expect(findPromqlFaults(expr, known)).toEqual([]);
  },
);

test('queues that are named are queues that there are', () => {
  const names: readonly string[] = allContracts.map(({ name }) => name);
  const all = [...ofBoards, ...ofAlerts, ...ofScalers].map(([, expr]) => expr).join('\n');
  const named = [...all.matchAll(/queue=~?"([^"]+)"/g)].flatMap(([, text = '']) => text.split('|'));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

test.each([
  ['sum(rate(artdag_nothing_total[5m]))', 'no such metric: artdag_nothing_total'],
  ['artdag_queue_jobs{host="a"}', 'no such label: host'],
  ['sum by (host) (artdag_queue_jobs)', 'no such label: host'],
  ['sum(artdag_queue_jobs', /cannot be read/],
])('%s is found to be wrong', (expr, fault) => {
  expect(findPromqlFaults(expr, known)).toContainEqual(
    typeof fault === 'string' ? fault : expect.stringMatching(fault),
  );
});
