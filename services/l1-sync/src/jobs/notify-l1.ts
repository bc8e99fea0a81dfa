import { type JobHandler, type JobOutcome, notifyL1 } from '@artdag/queues';
import type { L1Notice } from '@artdag/store';
import type { L1SyncContext } from '../context.ts';
import { buildMessage } from '../l1-client/build-message.ts';
import { waitBeforeNextTry } from '../retry-policy.ts';

type Context = Pick<L1SyncContext, 'store' | 'l1' | 'gate' | 'keyring' | 'iris' | 'now' | 'random'>;

/** How long an L1 that is away is told of the end of an access. */
const PATIENCE_MS = 24 * 3_600_000;

/** Handles the queue `notify-l1`: an L1 hears that the access of a user has ended. */
export function notifyL1Handler(context: Context): JobHandler<typeof notifyL1.schema> {
  const { store, now } = context;
  return {
    contract: notifyL1,
    outbox: store.l1Notices.outbox,
    async process({ noticeId }) {
      const notice = await store.l1Notices.find(noticeId);
      return notice && tell(notice, context);
    },
    setAside: ({ noticeId }, reason) => store.l1Notices.fail(noticeId, reason, now()),
  };
}

async function tell(notice: L1Notice, context: Context): Promise<JobOutcome> {
  const { store, l1, gate, now, random } = context;
  const { id, l1Server, username } = notice;
  const url = `${l1Server}/auth/revoke-user`;
  const message = await buildMessage({ url, username, content: { username } }, context);
  const passage = await gate.enter(l1Server);
  if (passage.kind !== 'go') return { againAt: passage.until };
  const receipt = await l1.post(l1Server, message);
  await passage.release({ isReachable: receipt.kind !== 'failed' });
  if (receipt.kind === 'taken') {
    await store.l1Notices.settle(id);
    return undefined;
  }
  const reason = receipt.kind === 'refused' ? `it answered ${receipt.status}` : receipt.detail;
  const isLate = now().getTime() - notice.endedAt.getTime() > PATIENCE_MS;
  if (receipt.kind === 'refused' || isLate) {
    await store.l1Notices.fail(id, `${l1Server} was not told: ${reason}.`, now());
    return undefined;
  }
  const tries = notice.tries + 1;
  const againAt = new Date(now().getTime() + waitBeforeNextTry(tries, random()));
  await store.l1Notices.postpone(id, tries, againAt);
  return { againAt };
}
