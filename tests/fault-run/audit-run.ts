import { auditDeliveries } from '../faults/audit-deliveries.ts';
import { auditInbox, findOtherAnswers } from '../faults/audit-inbox.ts';
import { auditRegistrations } from '../faults/audit-registrations.ts';
import { auditRuns } from '../faults/audit-runs.ts';
import { plantLie, plantRun } from './plant-lie.ts';
import type { Loads } from './start-loads.ts';
import type { Scene } from './start-scene.ts';

/** What an audit of the invariants has found. */
export interface Verdict {
  /** Broken invariants, one line each. */
  readonly findings: readonly string[];
  /** Whether the audit has found the acknowledgements without a write that were planted for it. */
  readonly sawThePlanted: boolean;
}

/** Waits until all accepted work is done, then holds every acknowledgement against what is there. */
export async function auditRun(scene: Scene, loads: Loads): Promise<Verdict> {
  const { constellation, author } = scene.federation;
  const planted = await plantLie(loads.registrations.account);
  const told = {
    ...loads.registrations,
    registrations: [...loads.registrations.registrations, planted],
  };
  const plantedRun = plantRun(loads.runs.account);
  const runs = { ...loads.runs, wishes: [...loads.runs.wishes, plantedRun] };
  const published = { ...author, registrations: [...author.registrations, ...scene.copied] };
  const found = [
    ...(await auditRuns(runs, constellation)),
    ...(await auditRegistrations(told, constellation)),
    ...(await auditInbox(loads.follows, constellation)),
    ...(await auditDeliveries(published, constellation, scene.healthy)),
    ...findOtherAnswers(loads.follows.posted),
  ];
  const lies = [planted.name, plantedRun.outputName].map((name) => `I1 ${name}:`);
  return {
    findings: found.filter((line) => !lies.some((lie) => line.startsWith(lie))),
    sawThePlanted: lies.every((lie) => found.some((line) => line.startsWith(lie))),
  };
}
