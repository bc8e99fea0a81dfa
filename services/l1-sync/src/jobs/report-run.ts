import { type JobHandler, type JobOutcome, reportRun } from '@artdag/queues';
import type { Run } from '@artdag/store';
import type { L1SyncContext } from '../context.ts';
import { buildMessage } from '../l1-client/build-message.ts';
import { waitBeforeNextTry } from '../retry-policy.ts';

const MAX_TRIES = 20;
const SIGNATURE_SOON_MS = 1000;

/** Handles the queue `report-run`: an L1 that has asked for it hears what became of a run. */
export function reportRunHandler(context: L1SyncContext): JobHandler<typeof reportRun.schema> {
  const { store, now } = context;
  return {
    contract: reportRun,
    outbox: store.runs.outbox,
    async process({ runKey }) {
      const run = await store.runs.find(runKey);
      if (!run || run.state === 'requested' || run.reportedAt) return undefined;
      return tell(run, context);
    },
    async setAside({ runKey }, reason) {
      const run = await store.runs.find(runKey);
      if (run) await store.runs.failReport(run, reason, now());
    },
  };
}

async function tell(run: Run, context: L1SyncContext): Promise<JobOutcome> {
  const { store, l1, gate, now, random } = context;
  const { l1Server, callbackUrl } = run;
  if (callbackUrl === undefined) return undefined;
  if (run.state === 'registered' && !(await store.activities.find(run.activityId)))
    return { againAt: new Date(now().getTime() + SIGNATURE_SOON_MS) };
  const news = { url: callbackUrl, username: run.owner, content: presentEnd(run, context) };
  const message = await buildMessage(news, context);
  const passage = await gate.enter(l1Server);
  if (passage.kind !== 'go') return { againAt: passage.until };
  const receipt = await l1.post(l1Server, message);
  await passage.release({ isReachable: receipt.kind !== 'failed' });
  if (receipt.kind === 'taken') {
    await store.runs.settleReport(run, now());
    return undefined;
  }
  const tries = (run.reportTries ?? 0) + 1;
  const reason = receipt.kind === 'refused' ? `it answered ${receipt.status}` : receipt.detail;
  if (receipt.kind === 'refused' || tries >= MAX_TRIES) {
    await store.runs.failReport(run, `The callback was not taken: ${reason}.`, now());
    return undefined;
  }
  const againAt = new Date(now().getTime() + waitBeforeNextTry(tries, random()));
  await store.runs.postponeReport(run, tries, againAt);
  return { againAt };
}

/** Ids and the outcome: whoever wants more asks for the activity, which proves itself. */
function presentEnd(run: Run, { iris }: L1SyncContext) {
  const { runKey, runId, outputName, state, activityId, result, problem } = run;
  const isRegistered = state === 'registered';
  return {
    job: runKey,
    run_id: runId,
    output_name: outputName,
    state,
    ...(isRegistered && {
      content_hash: result?.outputHash,
      asset: iris.registryEntry(outputName),
      activity: iris.activity(activityId),
    }),
    ...(!isRegistered && problem && { code: problem.code, detail: problem.detail }),
  };
}
