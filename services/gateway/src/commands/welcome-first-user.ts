import { createKeys } from '@artdag/queues';
import { createOneTimeCode } from '../auth/one-time-code.ts';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'config' | 'store' | 'producer' | 'now'>;

const SETUP_MINUTES = 30;

/**
 * Makes sure that the first user exists, an operator with an actor. While he has no password, each
 * start offers a one-time path that sets one; the path of an earlier start is void then.
 */
export async function welcomeFirstUser(context: Context): Promise<string | undefined> {
  const { config, store, producer, now } = context;
  const username = config.firstUser;
  const inserted = await store.users.insert({
    username,
    displayName: username,
    passwordHash: null,
    role: 'operator',
    createdAt: now(),
  });
  if (inserted === 'inserted') await producer.enqueue(createKeys, username);
  const user = await store.users.find(username);
  if (user?.passwordHash) return undefined;
  const { code, hash } = createOneTimeCode();
  await store.users.offerSetup(username, hash, new Date(now().getTime() + SETUP_MINUTES * 60_000));
  return `/setup/${code}`;
}
