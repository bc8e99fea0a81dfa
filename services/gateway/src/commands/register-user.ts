import { AppError } from '@artdag/errors';
import { createKeys } from '@artdag/queues';
import { limitAttempts, REGISTER_BY_ADDRESS } from '../auth/limit-attempts.ts';
import { hashOneTimeCode } from '../auth/one-time-code.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { GatewayContext } from '../context.ts';
import { type IssuedToken, issueToken } from './issue-token.ts';

type Context = Pick<
  GatewayContext,
  'config' | 'store' | 'producer' | 'completions' | 'tokens' | 'now'
>;

/** Who wants to be a user. */
export interface NewAccount {
  readonly username: string;
  readonly password: string;
  readonly email: string | undefined;
  readonly invite: string | undefined;
  /** Where the request comes from. */
  readonly address: string;
}

const KEYS_WAIT_MS = 3000;

/**
 * Registers a user with an actor and keys of his own, and logs him in. The keys are the signer's
 * work: the answer waits for them a little, and the user is there all the same.
 *
 * @throws AppError `rate-limited`, `forbidden`, or `conflict` where the name or the invite is used
 *   already.
 */
export async function registerUser(account: NewAccount, context: Context): Promise<IssuedToken> {
  const { config, store, producer, completions, now } = context;
  await limitAttempts(store.attempts, REGISTER_BY_ADDRESS, account.address, now());
  const invite = await admitRegistration(account, context);
  const { username } = account;
  if (username === config.firstUser || (await store.users.exists(username))) throw taken();
  const inserted = await store.users.insert({
    username,
    displayName: username,
    passwordHash: await hashPassword(account.password),
    role: 'user',
    createdAt: now(),
    ...(account.email !== undefined && { email: account.email }),
    ...(invite !== undefined && { invite }),
  });
  if (inserted === 'duplicate') throw taken();
  const made = completions.createKeys.wait(username, KEYS_WAIT_MS);
  if ((await producer.enqueue(createKeys, username)) === 'queued') await made;
  return issueToken(username, context);
}

function taken(): AppError {
  return new AppError('conflict', 'This user name, or this invite, is taken.');
}

/** The hash of the invite that is used, where one is needed. */
async function admitRegistration(
  { invite }: NewAccount,
  { config, store, now }: Context,
): Promise<string | undefined> {
  switch (config.registration) {
    case 'open':
      return undefined;
    case 'closed':
      throw new AppError('forbidden', 'This server takes no new users.');
    case 'invite': {
      const hash = hashOneTimeCode(invite ?? '');
      if (await store.invites.isOpen(hash, now())) return hash;
      throw new AppError(
        'forbidden',
        'Registering needs an invite of this server, sent as "invite".',
      );
    }
  }
}
