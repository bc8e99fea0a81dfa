import { AppError } from '@artdag/errors';
import { LOGIN_BY_ACCOUNT, LOGIN_BY_ADDRESS, limitAttempts } from '../auth/limit-attempts.ts';
import { checkPassword, hashPassword } from '../auth/passwords.ts';
import type { GatewayContext } from '../context.ts';
import { type IssuedToken, issueToken } from './issue-token.ts';

type Context = Pick<GatewayContext, 'config' | 'store' | 'tokens' | 'now'>;

/** A try to log in, and the address it comes from. */
export interface LogInAttempt {
  readonly username: string;
  readonly password: string;
  readonly address: string;
}

/**
 * Logs a user in. Attempts are counted by account and by address before the password is looked at.
 *
 * @throws AppError `wrong-credentials`, `rate-limited`, `forbidden` where the account is disabled
 */
export async function logIn(attempt: LogInAttempt, context: Context): Promise<IssuedToken> {
  const { store, now } = context;
  const { username, password, address } = attempt;
  await limitAttempts(store.attempts, LOGIN_BY_ADDRESS, address, now());
  await limitAttempts(store.attempts, LOGIN_BY_ACCOUNT, username, now());
  const user = await store.users.find(username);
  const verdict = await checkPassword(password, user?.passwordHash ?? null);
  if (!user || verdict === 'wrong')
    throw new AppError('wrong-credentials', 'The user name or the password is wrong.');
  if (user.disabledAt) throw new AppError('forbidden', 'An operator has disabled this account.');
  if (verdict === 'right-but-old')
    await store.users.setPasswordHash(username, await hashPassword(password));
  return issueToken(username, context);
}
