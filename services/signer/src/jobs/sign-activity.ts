import { buildCreate } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { combineOutboxes, fanOutActivity, type JobHandler, signActivity } from '@artdag/queues';
import { formatPublished, type PublicKeys, type RegisteredAsset } from '@artdag/registry';
import type { PendingActivity, Signature } from '@artdag/store';
import type { SignerContext } from '../context.ts';
import { signText } from '../sign-text.ts';
import { publishKeys } from './create-keys.ts';

/** Handles the queue `sign-activity`. */
export function signActivityHandler(
  context: SignerContext,
): JobHandler<typeof signActivity.schema> {
  const { store, now } = context;
  return {
    contract: signActivity,
    outbox: combineOutboxes([store.assets.outbox, store.activities.outbox]),
    async process({ activityId }) {
      const pending = await store.activities.findPending(activityId);
      const asset = pending ? undefined : await store.assets.findByActivity(activityId);
      if (pending) await signPending(pending, context);
      else if (asset?.state === 'pending' || asset?.state === 'failed')
        await signClaim(asset, activityId, context);
      else return;
      await context.producer.enqueue(fanOutActivity, activityId);
    },
    async setAside({ activityId }, reason) {
      await store.assets.failClaim(activityId, reason, now());
      await store.activities.giveUp(activityId, signActivity.name, reason, now());
    },
  };
}

async function signPending(pending: PendingActivity, context: SignerContext): Promise<void> {
  const { activityId, draft, actor, publishedAt } = pending;
  const signature = await sign(draft, actor, publishedAt, context);
  await context.store.activities.settleSignature(activityId, signature);
}

/** Both writes may run twice: the text is the same each time, and the first one stays. */
async function signClaim(
  asset: RegisteredAsset,
  activityId: string,
  context: SignerContext,
): Promise<void> {
  const { store, iris } = context;
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
    ...(await sign(draft, username, registeredAt, context)),
  });
  await store.assets.settleClaim(activityId);
}

async function sign(
  draft: string,
  username: string,
  publishedAt: Date,
  context: SignerContext,
): Promise<Signature> {
  const keys = await keysOf(username, context);
  const created = formatPublished(publishedAt);
  const text = await signText({ text: draft, username, keys, created }, context);
  return { text, signedAt: context.now(), verified: 'package' };
}

async function keysOf(username: string, context: SignerContext): Promise<PublicKeys> {
  const user = await context.store.users.find(username);
  if (!user) throw new AppError('not-found', 'The actor is not a user of this server.');
  return user.keys ?? publishKeys(username, context);
}
