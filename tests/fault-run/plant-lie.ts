import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Account } from '../faults/account.ts';
import { newRegistration, type Registration, tryToRegister } from '../faults/register.ts';

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
