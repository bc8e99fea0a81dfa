import { createKeys, type JobHandler } from '@artdag/queues';
import type { PublicKeys } from '@artdag/registry';
import type { SignerContext } from '../context.ts';

type Context = Pick<SignerContext, 'store' | 'keyring' | 'now'>;

/** Makes a user's keys, or takes those that are there, and publishes their public halves. */
export async function publishKeys(
  username: string,
  { store, keyring }: Context,
): Promise<PublicKeys> {
  const keys = await keyring.ensureKeys(username);
  await store.users.settleKeys(username, keys);
  return keys;
}

/** Handles the queue `create-keys`. */
export function createKeysHandler(context: Context): JobHandler<typeof createKeys.schema> {
  const { store, now } = context;
  return {
    contract: createKeys,
    outbox: store.users.outbox,
    async process({ username }) {
      const user = await store.users.find(username);
      if (user && !user.keys) await publishKeys(username, context);
    },
    setAside: ({ username }, reason) => store.users.failKeys(username, reason, now()),
  };
}
