import { buildCreate } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { type JobHandler, signActivity } from '@artdag/queues';
import { formatPublished, type PublicKeys, type RegisteredAsset } from '@artdag/registry';
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
    outbox: store.assets.outbox,
    async process({ activityId }) {
      const asset = await store.assets.findByActivity(activityId);
      if (!asset) throw new AppError('not-found', 'No asset has promised this activity.');
      if (asset.state === 'signed') return;
      // Both writes may run twice: the text is the same each time, and the first one stays.
      await store.activities.insert(await signCreate(asset, activityId, context));
      await store.assets.settleClaim(activityId);
    },
    setAside: ({ activityId }, reason) => store.assets.failClaim(activityId, reason, now()),
  };
}

async function signCreate(asset: RegisteredAsset, activityId: string, context: SignerContext) {
  const username = asset.owner;
  const published = formatPublished(asset.registeredAt);
  const unsigned = buildCreate({ activityId, username, published, asset }, context.iris);
  const keys = await keysOf(username, context);
  return {
    activityId,
    type: 'Create',
    actor: username,
    publishedAt: asset.registeredAt,
    contentHash: asset.contentHash,
    text: await signText({ text: unsigned, username, keys, created: published }, context),
    signedAt: context.now(),
    verified: 'package' as const,
  };
}

async function keysOf(username: string, context: SignerContext): Promise<PublicKeys> {
  const user = await context.store.users.find(username);
  if (!user)
    throw new AppError('not-found', 'The owner of the asset is not a user of this server.');
  return user.keys ?? publishKeys(username, context);
}
