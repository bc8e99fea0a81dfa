import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Account } from '../faults/account.ts';
import { newRegistration, type Registration, tryToRegister } from '../faults/register.ts';
import type { RunWish } from '../faults/run-load.ts';

/**
 * A registration that was acknowledged by a server that has written nothing: what an audit that is
 * worth something has to find.
 */
export async function plantLie(account: Account): Promise<Registration> {
  const liar = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"activity":null}');
  }).listen(0, '127.0.0.1');
  await once(liar, 'listening');
  const address = liar.address();
  if (address === null || typeof address === 'string') throw new TypeError('no TCP address');
  const registration = newRegistration(`${account.username}:planted`);
  try {
    await tryToRegister(registration, `http://127.0.0.1:${address.port}`, account);
  } finally {
    liar.closeAllConnections();
    liar.close();
  }
  return registration;
}

/** A run that somebody says was taken in, and that nobody was ever asked for. */
export function plantRun({ username }: Account): RunWish {
  return {
    runId: 'done.planted',
    outputName: `${username}:run:planted`,
    contentHash: 'planted',
    callbackPath: `/callbacks/${username}/planted`,
    statuses: [202],
  };
}
