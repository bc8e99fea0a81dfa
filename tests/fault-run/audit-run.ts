import { auditDeliveries } from '../faults/audit-deliveries.ts';
import { auditInbox, findOtherAnswers } from '../faults/audit-inbox.ts';
import { auditRegistrations } from '../faults/audit-registrations.ts';
import { auditRuns } from '../faults/audit-runs.ts';
import { plantLie } from './plant-lie.ts';
import type { Loads } from './start-loads.ts';
import type { Scene } from './start-scene.ts';

/** What an audit of the invariants has found. */
export interface Verdict {
  /** Broken invariants, one line each. */
  readonly findings: readonly string[];
  /** Whether the audit has found the acknowledgement without a write that was planted for it. */
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
  const published = { ...author, registrations: [...author.registrations, ...scene.copied] };
  const found = [
    ...(await auditRuns(loads.runs, constellation)),
    ...(await auditRegistrations(told, constellation)),
    ...(await auditInbox(loads.follows, constellation)),
    ...(await auditDeliveries(published, constellation, scene.healthy)),
    ...findOtherAnswers(loads.follows.posted),
  ];
  const isAboutThePlanted = (line: string) => line.startsWith(`I1 ${planted.name}:`);
  return {
    findings: found.filter((line) => !isAboutThePlanted(line)),
    sawThePlanted: found.some(isAboutThePlanted),
  };
}
