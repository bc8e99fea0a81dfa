import { AppError } from '@artdag/errors';
import { hostOfIri } from '@artdag/registry';
import type { OpenedServer } from '../open-server.ts';
import type { Terminal } from '../terminal.ts';

const HOSTS = /^mongodb:\/\/(?:[^@/]*@)?([^/?]+)/;
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Lets a made-up world only onto a server of development.
 *
 * @throws AppError `conflict` where the environment is one of production, or the database is on
 *   another machine.
 */
export function refuseProduction({ env }: Pick<Terminal, 'env'>): void {
  if (env['NODE_ENV'] === 'production')
    throw refusal('NODE_ENV is production, and made-up works have no place there.');
  const url = env['MONGODB_URL']?.trim();
  if (url && !isOnThisMachine(url))
    throw refusal('MONGODB_URL is not on this machine, so others may work with that database.');
}

/**
 * Lets a made-up world only where no other server could hear of it.
 *
 * @throws AppError `conflict`
 */
export async function refuseKnownServer({ store, iris }: OpenedServer): Promise<void> {
  if (await store.seeds.hasMetOthers(hostOfIri(iris.base) ?? ''))
    throw refusal('This server has dealt with other servers, which would hear of made-up works.');
}

function isOnThisMachine(url: string): boolean {
  const hosts = HOSTS.exec(url)?.[1]?.split(',') ?? [];
  return hosts.length > 0 && hosts.every((host) => THIS_MACHINE.test(host));
}

function refusal(why: string): AppError {
  return new AppError('conflict', `Refused: ${why} Run "dev seed" with a server of its own.`);
}
