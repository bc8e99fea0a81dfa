import { AppError } from '@artdag/errors';
import { createKeys } from '@artdag/queues';
import type { Role } from '@artdag/registry';
import { createOneTimeCode } from '../auth/one-time-code.ts';
import type { GatewayContext } from '../context.ts';
import { revokeAllTokens } from './revoke-tokens.ts';

type Context = Pick<GatewayContext, 'config' | 'store' | 'producer' | 'now'>;

/** A one-time link by which a user sets his password. */
export interface PasswordLink {
  readonly path: string;
  readonly expiresAt: Date;
}

/** Who is to become a user, by an operator's order. */
export interface AddedUser {
  readonly operator: string;
  readonly username: string;
  readonly role: Role;
  readonly email?: string | undefined;
}

const LINK_HOURS = 24;

/**
 * Makes a user with an actor, and a link that sets his password.
 *
 * @throws AppError `conflict` where the name is taken.
 */
export async function addUser(
  { operator, username, role, email }: AddedUser,
  context: Context,
): Promise<PasswordLink> {
  const { store, producer, now } = context;
  const inserted = await store.users.insert({
    username,
    displayName: username,
    passwordHash: null,
    role,
    createdAt: now(),
    ...(email !== undefined && { email }),
  });
  if (inserted === 'duplicate') throw new AppError('conflict', 'This user name is taken.');
  await producer.enqueue(createKeys, username);
  await note(operator, 'add-user', username, context);
  return offerLink(username, context);
}

/**
 * Gives a link that sets a new password. The old one is good until the link is used.
 *
 * @throws AppError `not-found`
 */
export async function resetPassword(
  operator: string,
  username: string,
  context: Context,
): Promise<PasswordLink> {
  if (!(await context.store.users.exists(username))) throw unknownUser();
  const link = await offerLink(username, context);
  await note(operator, 'reset-password', username, context);
  return link;
}

/** What an operator can change of a user. */
export type UserChange =
  | { readonly kind: 'disable' }
  | { readonly kind: 'enable' }
  | { readonly kind: 'role'; readonly role: Role };

/**
 * Keeps a user out, lets him in again, or changes his role. Nobody does so to himself, so that the
 * last operator does not lock himself out.
 *
 * @throws AppError `not-found`, or `conflict` where the user is the operator himself.
 */
export async function changeUser(
  operator: string,
  username: string,
  change: UserChange,
  context: Context,
): Promise<void> {
  if (operator === username)
    throw new AppError('conflict', 'Ask another operator to change what you may do.');
  const wasThere = await apply(username, change, context);
  if (!wasThere) throw unknownUser();
  const action = change.kind === 'role' ? `make-${change.role}` : `${change.kind}-user`;
  await note(operator, action, username, context);
}

async function apply(username: string, change: UserChange, context: Context): Promise<boolean> {
  const { store, now } = context;
  switch (change.kind) {
    case 'disable':
      if (!(await store.users.setDisabled(username, now()))) return false;
      // L1s that read tokens by themselves have to hear of it.
      await revokeAllTokens(username, context);
      return true;
    case 'enable':
      return store.users.setDisabled(username, undefined);
    case 'role':
      return store.users.setRole(username, change.role);
  }
}

async function offerLink(username: string, { store, now }: Context): Promise<PasswordLink> {
  const { code, hash } = createOneTimeCode();
  const expiresAt = new Date(now().getTime() + LINK_HOURS * 3_600_000);
  await store.users.offerSetup(username, hash, expiresAt);
  return { path: `/setup/${code}`, expiresAt };
}

function note(
  operator: string,
  action: string,
  target: string,
  { store, now }: Context,
): Promise<void> {
  return store.audit.insert({ at: now(), operator, action, target });
}

function unknownUser(): AppError {
  return new AppError('not-found', 'There is no user of this name.');
}
