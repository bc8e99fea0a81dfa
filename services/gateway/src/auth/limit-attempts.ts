import { AppError } from '@artdag/errors';
import type { AttemptRepository } from '@artdag/store';

/** How many attempts one key has in a window of time. */
export interface AttemptLimit {
  readonly name: string;
  readonly max: number;
  readonly windowSeconds: number;
}

const MINUTE = 60;

/** Guesses of one account's password, from wherever they come. */
export const LOGIN_BY_ACCOUNT: AttemptLimit = {
  name: 'login-account',
  max: 10,
  windowSeconds: 5 * MINUTE,
};
/** Log-ins from one address, for whatever account. */
export const LOGIN_BY_ADDRESS: AttemptLimit = {
  name: 'login-address',
  max: 60,
  windowSeconds: 5 * MINUTE,
};
/** New users from one address. */
export const REGISTER_BY_ADDRESS: AttemptLimit = {
  name: 'register-address',
  max: 100,
  windowSeconds: 60 * MINUTE,
};
/** Guesses of one-time links and invites from one address. */
export const CODE_BY_ADDRESS: AttemptLimit = {
  name: 'code-address',
  max: 30,
  windowSeconds: 5 * MINUTE,
};

/**
 * Counts an attempt and refuses it beyond the limit. Attempts are counted in the store, so the
 * limit holds for all gateways together and while Redis is away.
 *
 * @throws AppError `rate-limited`
 */
export async function limitAttempts(
  attempts: AttemptRepository,
  limit: AttemptLimit,
  key: string,
  now: Date,
): Promise<void> {
  const count = await attempts.count(`${limit.name} ${key}`, limit.windowSeconds, now);
  if (count <= limit.max) return;
  const passed = Math.floor(now.getTime() / 1000) % limit.windowSeconds;
  const retryAfter = limit.windowSeconds - passed;
  throw new AppError('rate-limited', `Too many attempts: try again in ${retryAfter} seconds.`, {
    retryAfter,
  });
}
