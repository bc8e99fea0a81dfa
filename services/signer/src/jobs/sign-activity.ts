import { buildCreate } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import {
  combineCrashCounters,
  fanOutActivity,
  type JobHandler,
  signActivity,
} from '@artdag/queues';
import { formatPublished, type PublicKeys, type RegisteredAsset } from '@artdag/registry';
import { type BriefCache, createBriefCache } from '@artdag/runtime';
import type { PendingActivity, Signature } from '@artdag/store';
import type { SignerContext } from '../context.ts';
import { signText } from '../sign-text.ts';
import { publishKeys } from './create-keys.ts';

const KEPT_KEYS = { ttlMs: 60_000, maxEntries: 1000 };

/** Handles the queue `sign-activity`. */
export function signActivityHandler(
  context: SignerContext,
): JobHandler<typeof signActivity.schema> {
  const { store, now } = context;
  // What is published of a user's keys does not change while this process runs.
  const keys = createBriefCache((username) => keysOf(username, context), KEPT_KEYS);
  const sign = signer(keys, context);
  return {
    contract: signActivity,
    outbox: combineCrashCounters([store.assets.outbox, store.activities.outbox]),
    async process({ activityId }) {
      const asset = await store.assets.findByActivity(activityId);
      const pending = asset ? undefined : await store.activities.findPending(activityId);
      if (pending) await signPending(pending, sign, context);
      else if (asset?.state === 'pending' || asset?.state === 'failed')
        await signClaim(asset, activityId, sign, context);
      else return;
      await context.producer.enqueue(fanOutActivity, activityId);
    },
    async setAside({ activityId }, reason) {
      await store.assets.failClaim(activityId, reason, now());
      await store.activities.giveUp(activityId, signActivity.name, reason, now());
    },
  };
}

type SignDraft = (draft: string, username: string, publishedAt: Date) => Promise<Signature>;

function signer(keys: BriefCache<PublicKeys>, context: SignerContext): SignDraft {
  return async (draft, username, publishedAt) => {
    const created = formatPublished(publishedAt);
    const request = { text: draft, username, keys: await keys.get(username), created };
    return { text: await signText(request, context), signedAt: context.now(), verified: 'package' };
  };
}

async function signPending(
  { activityId, draft, actor, publishedAt }: PendingActivity,
  sign: SignDraft,
  { store }: SignerContext,
): Promise<void> {
  await store.activities.settleSignature(activityId, await sign(draft, actor, publishedAt));
}

/** Both writes may run twice: the text is the same each time, and the first one stays. */
async function signClaim(
  asset: RegisteredAsset,
  activityId: string,
  sign: SignDraft,
  { store, iris }: SignerContext,
): Promise<void> {
  const { owner: username, contentHash, registeredAt } = asset;
  const published = formatPublished(registeredAt);
  const draft = buildCreate({ activityId, username, published, asset }, iris);
  await store.activities.insertSigned({
    activityId,
    type: 'Create',
    actor: username,
    publishedAt: registeredAt,
    objectIri: iris.object(contentHash),
    contentHash,
    audience: { kind: 'followers' },
    isPublic: true,
    ...(await sign(draft, username, registeredAt)),
  });
  await store.assets.settleClaim(activityId);
}

async function keysOf(username: string, context: SignerContext): Promise<PublicKeys> {
  const user = await context.store.users.find(username);
  if (!user) throw new AppError('not-found', 'The actor is not a user of this server.');
  return user.keys ?? publishKeys(username, context);
}
