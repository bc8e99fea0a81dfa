import { createMetrics, type MetricEntry, metricCatalog } from '@artdag/runtime';

const INTRODUCTION = `# Metrics

This page is made from the catalog of metrics (\`pnpm docs:fix\`), and CI compares them.

Every role answers \`GET /metrics\` on its internal listener (\`ARTDAG_METRICS_PORT\`), in the text form
of Prometheus. The listener also has \`/health/live\` and \`/health/ready\`. It is never reached from
outside. Gauges about queues, Redis and hosts come from the gateway, for all roles: where several
gateways run, take \`max by (queue)\` and never a sum.

No label takes what a stranger chooses: there is none for a host, a user, a path or an activity.
What stands behind a number is told by the operator's pages and by the logs.

| name | type | labels | meaning |
|---|---|---|---|
`;

const OF_THE_PROCESS = `
## Of the process

Those that [prom-client](https://github.com/siimon/prom-client) measures of every Node.js process:
event loop, garbage collection, memory, CPU time, open files.

| name | type | meaning |
|---|---|---|
`;

/** The page on metrics: one row each, those of this server first. */
export function renderMetrics(): string {
  const own = Object.entries(metricCatalog).map(([name, entry]) => renderRow(name, entry));
  const ofTheProcess = createMetrics()
    .getMetricsAsArray()
    .map(({ name, type, help }) => `| \`${name}\` | ${type} | ${withoutFullStop(help)}. |`);
  return `${INTRODUCTION}${own.join('\n')}\n${OF_THE_PROCESS}${ofTheProcess.join('\n')}\n`;
}

function renderRow(name: string, { type, help, labels }: MetricEntry): string {
  const told = Object.entries(labels).map(([label, values]) => `\`${label}\`: ${values}`);
  return `| \`${name}\` | ${type} | ${told.join('; ')} | ${help}. |`;
}

function withoutFullStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}
