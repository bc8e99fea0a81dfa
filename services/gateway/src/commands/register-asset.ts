import { randomUUIDv7 } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { fetchPicture } from '@artdag/queues';
import { type Asset, admitAsset, hasPictureToFetch, type RegisteredAsset } from '@artdag/registry';
import type { SignedActivity } from '@artdag/store';
import type { GatewayContext } from '../context.ts';
import { awaitSignature } from './await-signature.ts';

type Context = Pick<GatewayContext, 'store' | 'producer' | 'completions' | 'now'>;

/** A wish to register, and how long its answer may wait for the signature. */
export interface Registration {
  readonly owner: string;
  readonly asset: Omit<Asset, 'createdAt'>;
  readonly waitMs: number;
  /** Has the last word, once the asset is admitted and before anything is written. */
  beforeWrite?(): Promise<void>;
}

/** The asset as it stands, with its activity once that is signed. */
export interface RegistrationResult {
  readonly asset: RegisteredAsset;
  readonly activity: SignedActivity | undefined;
}

/**
 * Registers an asset: one write decides who has the name and promises the signature, then the
 * signer is told. Registering the same again gives the first claim.
 *
 * @throws AppError `validation-failed`, or `conflict` where the name is another claim's.
 */
export async function registerAsset(
  registration: Registration,
  context: Context,
): Promise<RegistrationResult> {
  const { owner, asset: wanted } = registration;
  const faults = admitAsset(wanted);
  if (faults[0]) {
    throw new AppError('validation-failed', `body${faults[0].pointer} ${faults[0].message}`, {
      faults,
    });
  }
  await registration.beforeWrite?.();
  const asset = await claimName(owner, wanted, context);
  if (!asset.activityId) return { asset, activity: undefined };
  const { activityId } = asset;
  const isPending = asset.state === 'pending';
  const [activity] = await Promise.all([
    isPending
      ? awaitSignature(activityId, registration.waitMs, context)
      : context.store.activities.find(activityId),
    isPending && hasPictureToFetch(asset) && context.producer.enqueue(fetchPicture, activityId),
  ]);
  return { asset: activity ? { ...asset, state: 'signed' } : asset, activity };
}

async function claimName(
  owner: string,
  wanted: Omit<Asset, 'createdAt'>,
  context: Context,
): Promise<RegisteredAsset> {
  const registeredAt = context.now();
  const { kind, asset } = await context.store.assets.claim({
    ...wanted,
    owner,
    registeredAt,
    activityId: randomUUIDv7(),
    createdAt: registeredAt.toISOString(),
  });
  if (kind !== 'name-taken') return asset;
  throw new AppError(
    'conflict',
    'This name is registered already: with another content hash, by another owner, or withdrawn.',
  );
}
