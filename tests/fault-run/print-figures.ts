import { countRepeats } from '../faults/audit-deliveries.ts';
import { countRepeatedCallbacks } from '../faults/audit-runs.ts';
import type { Verdict } from './audit-run.ts';
import type { Loads } from './start-loads.ts';
import type { Scene } from './start-scene.ts';

/** What a run has been through. */
export interface Run {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Time under load, without start and audit. */
  readonly seconds: number;
  /** From the end of the load to the end of the audit. */
  readonly settleSeconds: number;
}

/** Prints what was asked, acknowledged, lost and doubled, and each broken invariant. */
export function printFigures(run: Run, scene: Scene, loads: Loads, verdict: Verdict): void {
  const registrations = loads.registrations.registrations.length;
  const { author, sinks } = scene.federation;
  const published = author.registrations.length + scene.copied.length;
  const { wishes } = loads.runs;
  const posts = loads.follows.posted.length;
  const perSecond = (count: number) => (count / run.seconds).toFixed(1);
  const count = (invariant: string) =>
    verdict.findings.filter((line) => line.startsWith(invariant)).length;
  const rows: readonly (readonly [string, string | number])[] = [
    ['seed', run.seed],
    ['seconds under load', run.seconds.toFixed(0)],
    ['faults', run.faults.length],
    ['registrations acknowledged', `${registrations} (${perSecond(registrations)}/s)`],
    ['works published to followers', `${published} (${perSecond(published)}/s)`],
    ['runs to be registered', `${wishes.length} (${perSecond(wishes.length)}/s)`],
    ['callbacks taken by the L1', loads.runs.l1.told.length],
    ['of them the same again', countRepeatedCallbacks(loads.runs)],
    ['inbox posts acknowledged', `${posts} (${perSecond(posts)}/s)`],
    ['deliveries seen by peers', sinks.posts.length],
    ['of them the same activity again', countRepeats(sinks.posts)],
    ['lost (I1)', count('I1')],
    ['doubled effects (I2, I3)', count('I2') + count('I3')],
    ['other findings', verdict.findings.length - count('I1') - count('I2') - count('I3')],
    ['planted acknowledgements found', verdict.sawThePlanted ? 'yes' : 'NO'],
    ['seconds until all was done and audited', run.settleSeconds.toFixed(1)],
  ];
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(42)}${value}\n`);
  for (const finding of verdict.findings.slice(0, 50)) process.stdout.write(`${finding}\n`);
}
