import { readFile } from 'node:fs/promises';

/** Length of a kernel clock tick on Linux. */
const TICK_MS = 10;

/** CPU time that processes have used so far, user and system together, in milliseconds. Linux only. */
export async function cpuTimeMs(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(pids.map(cpuTimeOf));
  return times.reduce((sum, time) => sum + time, 0);
}

async function cpuTimeOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field, the program's name in parentheses, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory that processes hold now, in MiB. Linux only. */
export async function memoryMib(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    }),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0));
}

/** Processes whose figures are told apart. */
export type ProcessGroups = Readonly<Record<string, readonly number[]>>;

/** A figure of each group. */
export async function eachGroup(
  groups: ProcessGroups,
  measure: (pids: readonly number[]) => Promise<number>,
): Promise<Record<string, number>> {
  const entries = Object.entries(groups).map(
    async ([name, pids]): Promise<[string, number]> => [name, await measure(pids)],
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Whether a group is a store: its time is shown, but is not the server's own. */
function isStore(group: string): boolean {
  return group === 'mongodb' || group === 'redis';
}

/** The processes of the server itself. */
export function serverPids(groups: ProcessGroups): number[] {
  return Object.entries(groups).flatMap(([group, pids]) => (isStore(group) ? [] : pids));
}

/** What each group has used since `before`, and the server's own part of it, in milliseconds. */
export async function cpuSince(groups: ProcessGroups, before: Readonly<Record<string, number>>) {
  const after = await eachGroup(groups, cpuTimeMs);
  const used = Object.entries(after).map(([group, time]) => ({
    group,
    ms: time - (before[group] ?? 0),
  }));
  const serverMs = used.filter(({ group }) => !isStore(group)).reduce((sum, { ms }) => sum + ms, 0);
  return { used, serverMs };
}
