import { randomUUIDv7 } from 'node:crypto';
import { AppError } from '@artdag/errors';
import { signActivity } from '@artdag/queues';
import { admitAsset } from '@artdag/registry';
import type { NewAsset, Run, RunInput } from '@artdag/store';
import type { L1SyncContext } from '../context.ts';

type Context = Pick<L1SyncContext, 'store' | 'producer' | 'now'>;

const NAMED_HASH_CHARACTERS = 16;

/**
 * Registers what a run has read and made, each once. Gives the claim that the output has then.
 *
 * @throws AppError `validation-failed`; `conflict` where the name is another claim's.
 */
export async function registerRun(run: Run, context: Context): Promise<{ activityId: string }> {
  const { owner, outputName, activityId, result } = run;
  if (!result) throw new AppError('internal', 'The run was not read.');
  await registerInputs(owner, result.inputs, context);
  const output = {
    name: outputName,
    contentHash: result.outputHash,
    assetType: result.assetType,
    tags: [],
    metadata: `{"provenance":${result.provenance}}`,
  };
  const [fault] = admitAsset(output);
  if (fault)
    throw new AppError(
      'validation-failed',
      `The output's ${fault.pointer.slice(1)} ${fault.message}`,
    );
  const { kind, asset } = await context.store.assets.claim(
    claimBy(owner, { ...output, activityId }, context),
  );
  if (kind === 'name-taken') {
    throw new AppError(
      'conflict',
      'The output name is registered already: with another content hash, by another owner, or withdrawn.',
    );
  }
  await context.producer.enqueue(signActivity, asset.activityId ?? activityId);
  return { activityId: asset.activityId ?? activityId };
}

/** An input that anybody has registered already stays his. */
async function registerInputs(
  owner: string,
  inputs: readonly RunInput[],
  context: Context,
): Promise<void> {
  if (inputs.length === 0) return;
  const { store, producer } = context;
  const known = await store.assets.knownHashes(inputs.map(({ contentHash }) => contentHash));
  const missing = inputs.filter(({ contentHash }) => !known.has(contentHash));
  const claimed = await Promise.all(
    missing.map(async ({ contentHash }) => {
      const asset = {
        name: `input-${contentHash.slice(0, NAMED_HASH_CHARACTERS)}`,
        contentHash,
        assetType: 'input',
        tags: [],
        metadata: '{}',
        activityId: randomUUIDv7(),
      };
      const first = await store.assets.claim(claimBy(owner, asset, context));
      if (first.asset.contentHash === contentHash) return first;
      // Two hashes that begin alike: the whole hash names the second.
      return store.assets.claim(
        claimBy(owner, { ...asset, name: `input-${contentHash}` }, context),
      );
    }),
  );
  const fresh = claimed.flatMap(({ kind, asset }) =>
    kind === 'claimed' && asset.activityId !== null ? [asset.activityId] : [],
  );
  if (fresh.length > 0) await producer.enqueueMany(signActivity, fresh);
}

function claimBy(
  owner: string,
  asset: Omit<NewAsset, 'owner' | 'registeredAt' | 'createdAt'>,
  { now }: Context,
): NewAsset {
  const registeredAt = now();
  return { ...asset, owner, registeredAt, createdAt: registeredAt.toISOString() };
}
