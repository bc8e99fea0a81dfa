import { cpuSince, cpuTimeMs, eachGroup, memoryMib, type ProcessGroups } from './cpu-time.ts';
import { type Load, type LoadResult, runLoad } from './run-load.ts';

/** A load, and what it cost each group of processes. */
export interface Measurement extends LoadResult {
  /** CPU time of a group for one request, in milliseconds. */
  readonly cpuMsPerRequest: Readonly<Record<string, number>>;
  /** Memory of a group at the end, in MiB. */
  readonly memoryMib: Readonly<Record<string, number>>;
}

/** Runs a load and measures what it costs. */
export async function measureLoad(load: Load, groups: ProcessGroups): Promise<Measurement> {
  const before = await eachGroup(groups, cpuTimeMs);
  const result = await runLoad(load);
  const { used } = await cpuSince(groups, before);
  const cpu = used.map(({ group, ms }): [string, number] => [
    group,
    Math.round((ms / Math.max(result.requests, 1)) * 1000) / 1000,
  ]);
  return {
    ...result,
    cpuMsPerRequest: Object.fromEntries(cpu),
    memoryMib: await eachGroup(groups, memoryMib),
  };
}
