/** CPU seconds of each group of processes, and how long they had. */
export interface CpuUse {
  readonly group: string;
  readonly seconds: number;
}

/** What a run spent its time on, as means in milliseconds. */
export interface MeanStages {
  readonly registering: number;
  readonly signing: number;
}

/** From here on a process of one thread, or a machine, has hardly anything left. */
const BUSY = 0.85;

/**
 * Says in a sentence what holds the work up: the stage that runs wait for longest, and whether its
 * process, another one or the machine has no CPU time left.
 */
export function nameBottleneck(
  stages: MeanStages,
  used: readonly CpuUse[],
  wallSeconds: number,
  cores: number,
): string {
  const stage = stages.registering >= stages.signing ? 'l1-sync' : 'signer';
  const mean = Math.round(Math.max(stages.registering, stages.signing));
  const share = Math.round((100 * mean) / Math.max(1, stages.registering + stages.signing));
  const shares = used.map(({ group, seconds }) => ({ group, share: seconds / wallSeconds }));
  return `${stage}: a run waits ${mean} ms for it on average, ${share} % of its time. ${cpuSentence(shares, cores)}`;
}

function cpuSentence(
  shares: readonly { readonly group: string; readonly share: number }[],
  cores: number,
): string {
  const [first] = shares.toSorted((one, two) => two.share - one.share);
  const all = shares.reduce((sum, { share }) => sum + share, 0);
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const most = first ? `${first.group} has used ${percent(first.share)} of a core` : '';
  if (first && first.share >= BUSY) return `${most}, the most of all, and has none left.`;
  if (all >= BUSY * cores) return `The ${cores} cores are in use; ${most}, the most of all.`;
  return `${most}, the most of all, and all together ${percent(all / cores)} of the ${cores} cores: it waits for answers, not for CPU time.`;
}
