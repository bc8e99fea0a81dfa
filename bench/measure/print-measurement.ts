import type { Measurement } from './measure-load.ts';

/** Head of the table that {@link formatMeasurement} fills, as Markdown. */
export const TABLE_HEAD = `| workload | per second | p50 ms | p99 ms | failed | CPU ms per request |
|---|---|---|---|---|---|`;

/** One row of the table. */
export function formatMeasurement(name: string, measurement: Measurement): string {
  const { perSecond, p50, p99, failed, cpuMsPerRequest } = measurement;
  const cpu = Object.entries(cpuMsPerRequest).map(([group, ms]) => `${group} ${ms}`);
  return `| ${name} | ${perSecond} | ${p50} | ${p99} | ${failed} | ${cpu.join(', ')} |`;
}
