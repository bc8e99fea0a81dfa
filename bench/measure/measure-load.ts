import { cpuTimeMs, memoryMib } from './cpu-time.ts';
import { type Load, type LoadResult, runLoad } from './run-load.ts';

/** Processes whose CPU time is told apart. */
export type ProcessGroups = Readonly<Record<string, readonly number[]>>;

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
  const after = await eachGroup(groups, cpuTimeMs);
  const cpu = Object.entries(after).map(([name, time]): [string, number] => [
    name,
    Math.round(((time - (before[name] ?? 0)) / Math.max(result.requests, 1)) * 1000) / 1000,
  ]);
  return {
    ...result,
    cpuMsPerRequest: Object.fromEntries(cpu),
    memoryMib: await eachGroup(groups, memoryMib),
  };
}

async function eachGroup(
  groups: ProcessGroups,
  measure: (pids: readonly number[]) => Promise<number>,
): Promise<Record<string, number>> {
  const entries = Object.entries(groups).map(
    async ([name, pids]): Promise<[string, number]> => [name, await measure(pids)],
  );
  return Object.fromEntries(await Promise.all(entries));
}
