import { randomBytes } from 'node:crypto';
import { AppError } from '@artdag/errors';
import type { Seed } from '@artdag/store';
import type { OpenedServer } from '../open-server.ts';
import type { Terminal } from '../terminal.ts';
import { fillWorld } from './fill-world.ts';
import { serveStudio } from './serve-studio.ts';
import { configuredL1s, startWorkshop } from './start-workshop.ts';
import { residents, type World } from './world.ts';

/** An address that nobody has (RFC 5737): attempts that it makes count for nobody else. */
const NOBODYS_ADDRESS = '192.0.2.53';
const PASSWORD_BYTES = 12;

/**
 * Makes the world, and gives the password of its users, who all have the same.
 *
 * @throws AppError where it cannot be made: then what is there stays marked, for `dev unseed`.
 */
export async function seedWorld(
  world: World,
  server: OpenedServer,
  terminal: Terminal,
): Promise<string> {
  await using studio = await serveStudio(world);
  const seed = await mark(studio.url, server, terminal);
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await addResidents(password, server);
  const firstUser = residents[0]?.username ?? '';
  await using workshop = await startWorkshop({ studio: studio.url, firstUser }, server, terminal);
  const filling = { world, seed, url: workshop.url, studio: studio.url, password };
  await fillWorld(filling, server);
  await server.store.seeds.finish();
  return password;
}

async function mark(
  studio: string,
  { store, iris }: OpenedServer,
  { env }: Terminal,
): Promise<Seed> {
  const usernames = residents.map(({ username }) => username);
  const known = new Set((await store.l1Servers.list()).map(({ l1Server }) => l1Server));
  const seed = {
    usernames,
    actorIris: usernames.map((username) => iris.actor(username)),
    studio,
    l1Servers: configuredL1s(env).filter((url) => !known.has(url)),
    address: NOBODYS_ADDRESS,
    begunAt: new Date(),
  };
  await store.seeds.begin(seed);
  return { ...seed, isWhole: false };
}

/** They are users as the command line makes them, but that they have a password at once. */
async function addResidents(password: string, { store }: OpenedServer): Promise<void> {
  const { hashPassword } = await import('@artdag/gateway');
  const passwordHash = await hashPassword(password);
  for (const { username } of residents) {
    const user = { username, displayName: username, passwordHash, role: 'user' } as const;
    if ((await store.users.insert({ ...user, createdAt: new Date() })) === 'duplicate')
      throw new AppError('conflict', `The user name ${username} is taken.`);
  }
}
