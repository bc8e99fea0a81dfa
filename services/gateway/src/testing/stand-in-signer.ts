import { buildCreate, createIris } from '@artdag/activitypub';
import { createConsumer, createKeys, signActivity } from '@artdag/queues';
import { formatPublished } from '@artdag/registry';
import type { Store } from '@artdag/store';

interface Options {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly publicUrl: string;
  readonly store: Store;
}

const observer = {
  jobDone: () => undefined,
  jobFailed: () => undefined,
  jobPostponed: () => undefined,
  workerReplaced: () => undefined,
};

/** Does at once what the signer does, without keys: what it stores carries no signature. */
export function startStandInSigner({ store, publicUrl, ...queues }: Options): AsyncDisposable {
  const iris = createIris(publicUrl);
  const options = { ...queues, isOutage: () => false, observer };
  const stack = new AsyncDisposableStack();
  stack.use(
    createConsumer(
      {
        contract: createKeys,
        outbox: store.users.outbox,
        async process({ username }) {
          await store.users.settleKeys(username, {
            publicKeyPem: '-----BEGIN PUBLIC KEY-----\n',
            publicKeyMultibase: 'z6Mk',
          });
          return undefined;
        },
        setAside: async () => undefined,
      },
      options,
    ),
  );
  stack.use(
    createConsumer(
      {
        contract: signActivity,
        outbox: store.assets.outbox,
        async process({ activityId }) {
          const pending = await store.activities.findPending(activityId);
          if (pending) {
            const { draft: text, publishedAt: signedAt } = pending;
            const signature = { text, signedAt, verified: 'package' } as const;
            await store.activities.settleSignature(activityId, signature);
            return undefined;
          }
          const asset = await store.assets.findByActivity(activityId);
          if (!asset) return undefined;
          const { owner: username, registeredAt: publishedAt, contentHash } = asset;
          const published = formatPublished(publishedAt);
          await store.activities.insertSigned({
            activityId,
            type: 'Create',
            actor: username,
            publishedAt,
            objectIri: iris.object(contentHash),
            contentHash,
            audience: { kind: 'followers' },
            isPublic: true,
            text: buildCreate({ activityId, username, published, asset }, iris),
            signedAt: publishedAt,
            verified: 'package',
          });
          await store.assets.settleClaim(activityId);
          return undefined;
        },
        setAside: async () => undefined,
      },
      options,
    ),
  );
  return stack;
}
