import type { RunStanding } from '../commands/record-run.ts';
import { presentAssetDetail } from './present-asset.ts';

/** A wish to register a run, where it stands, and what came of it: JSON text. */
export function presentRun({ run, asset, activity }: RunStanding): string {
  const problem = run.state === 'registered' ? undefined : run.problem;
  const members = {
    job: run.runKey,
    run_id: run.runId,
    l1_server: run.l1Server,
    output_name: run.outputName,
    state: run.state,
    requested_at: run.requestedAt.toISOString(),
    attempts: run.attempts,
    next_attempt_at: run.state === 'requested' ? run.nextAt.toISOString() : null,
    ended_at: run.endedAt?.toISOString() ?? null,
    problem: problem ? { code: problem.code, detail: problem.detail } : null,
  };
  const shown = asset ? presentAssetDetail(asset) : 'null';
  return `${JSON.stringify(members).slice(0, -1)},"asset":${shown},"activity":${activity?.text ?? 'null'}}`;
}
