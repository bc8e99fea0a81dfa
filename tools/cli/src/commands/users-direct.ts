import { AppError } from '@artdag/errors';
import { isUsername, type Role } from '@artdag/registry';
import { type OpenedServer, openServer } from '../open-server.ts';
import type { Terminal } from '../terminal.ts';
import type { PasswordLink } from './admin-answers.ts';

const LINK_HOURS = 24;

/** Who is to become a user. */
interface Wish {
  readonly username: string;
  readonly role: Role;
  readonly email?: string;
}

/**
 * Makes a user without a gateway; the signer makes his keys when it runs.
 *
 * @throws AppError `conflict` where the name is taken.
 */
export async function addDirectly(wish: Wish, terminal: Terminal): Promise<PasswordLink> {
  const { username } = wish;
  if (!isUsername(username)) {
    const expected = '1 to 64 of a-z, 0-9, _ and -';
    throw new AppError('validation-failed', `${username} is no user name: expected ${expected}.`);
  }
  await using server = await openServer(terminal, { besideRunning: true });
  const createdAt = new Date();
  const user = { ...wish, displayName: username, passwordHash: null, createdAt };
  if ((await server.store.users.insert(user)) === 'duplicate')
    throw new AppError('conflict', 'This user name is taken.');
  await note('add-user', username, server);
  return await offerLink(username, server);
}

/** Gives a link that sets a new password. @throws AppError `not-found` */
export async function resetDirectly(username: string, terminal: Terminal): Promise<PasswordLink> {
  await using server = await openServer(terminal, { besideRunning: true });
  if (!(await server.store.users.exists(username)))
    throw new AppError('not-found', 'There is no user of this name: "users add" makes one.');
  await note('reset-password', username, server);
  return await offerLink(username, server);
}

/** Whoever reaches the database needs no log-in, so no operator has a name here. */
function note(action: string, target: string, { store }: OpenedServer): Promise<void> {
  return store.audit.insert({ at: new Date(), operator: '(command line)', action, target });
}

async function offerLink(username: string, { store, iris }: OpenedServer): Promise<PasswordLink> {
  // A gateway is much to load for who only lists something.
  const { createOneTimeCode } = await import('@artdag/gateway');
  const { code, hash } = createOneTimeCode();
  const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000);
  await store.users.offerSetup(username, hash, expiresAt);
  const password_link = `${iris.base}/setup/${code}`;
  return { username, password_link, expires_at: expiresAt.toISOString() };
}
