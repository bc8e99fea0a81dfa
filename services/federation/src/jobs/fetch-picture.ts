import { createHash } from 'node:crypto';
import { AppError } from '@artdag/errors';
import type { FetchFailureReason } from '@artdag/peers';
import { fetchPicture, type JobHandler } from '@artdag/queues';
import { hasPictureToFetch, type PictureState, type RegisteredAsset } from '@artdag/registry';
import type { FederationContext } from '../context.ts';
import { renderPicture } from '../pictures/render-picture.ts';

type Context = Pick<FederationContext, 'store' | 'peers' | 'now'>;

const MAX_BYTES = 10 * 1024 * 1024;
const ACCEPT = 'image/webp, image/png, image/jpeg, image/gif';
/** What may be better the next time. */
const PASSING: ReadonlySet<FetchFailureReason> = new Set(['timeout', 'network']);
const PASSING_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Handles the queue `fetch-picture`. */
export function fetchPictureHandler(context: Context): JobHandler<typeof fetchPicture.schema> {
  const { store, now } = context;
  return {
    contract: fetchPicture,
    outbox: store.assets.outbox,
    async process({ activityId }) {
      const asset = await store.assets.findByActivity(activityId);
      if (asset) await store.assets.settlePicture(activityId, await keep(asset, context), now());
      return undefined;
    },
    setAside: ({ activityId }, reason) => store.assets.failPicture(activityId, reason, now()),
  };
}

/** Keeps copies of what stands at the asset's address, if its bytes have the registered hash. */
async function keep(asset: RegisteredAsset, { store, peers }: Context): Promise<PictureState> {
  const { url, contentHash } = asset;
  if (url === undefined || !hasPictureToFetch(asset)) return 'unusable';
  if (await store.pictures.exists(contentHash)) return 'kept';
  const bytes = await fetchBytes(url, peers);
  if (bytes === undefined) return 'unreachable';
  if (createHash('sha3-256').update(bytes).digest('hex') !== contentHash) return 'differs';
  const renditions = await renderPicture(bytes);
  if (!renditions) return 'unusable';
  await store.pictures.insert({ contentHash, ...renditions });
  return 'kept';
}

/** @throws AppError `unavailable` where trying again may help. */
async function fetchBytes(url: string, { fetch }: Context['peers']): Promise<Buffer | undefined> {
  const answer = await fetch({
    url,
    method: 'GET',
    headers: { accept: ACCEPT },
    maxBytes: MAX_BYTES,
  });
  if (answer.ok && answer.status === 200) return answer.body;
  const isPassing = answer.ok ? PASSING_STATUS.has(answer.status) : PASSING.has(answer.reason);
  if (isPassing) throw new AppError('unavailable', 'The address of the picture does not answer.');
  return undefined;
}
