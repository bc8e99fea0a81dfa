import { type Account, createAccount } from './account.ts';
import { newRegistration, type Registration, register, tryToRegister } from './register.ts';

/** Clients that register at a steady rate, whatever the answers. */
export interface RegistrationLoad {
  readonly account: Account;
  /** Every registration that was begun, except those that must be refused. */
  readonly registrations: readonly Registration[];
  /** Those that no server may take: a wrong hash, no token. */
  readonly refusals: readonly Registration[];
  /** Begins no more, and waits until each client has its last answer. */
  finish(): Promise<void>;
}

/** How many good registrations go with a pair of bad ones. */
const BAD_EVERY = 10;

/** Starts `perSecond` registrations a second, at each of `gatewayUrls` in turn. */
export async function startLoad(
  gatewayUrls: readonly [string, ...string[]],
  perSecond: number,
): Promise<RegistrationLoad> {
  const account = await createAccount(gatewayUrls[0]);
  const registrations: Registration[] = [];
  const refusals: Registration[] = [];
  const clients: Promise<void>[] = [];
  let turn = 0;
  const nextUrl = () => gatewayUrls[turn++ % gatewayUrls.length] ?? gatewayUrls[0];

  function begin() {
    const number = registrations.length;
    const registration = newRegistration(`${account.username}:${number}`);
    registrations.push(registration);
    clients.push(register(registration, nextUrl, account));
    if (number % BAD_EVERY === 0) beginBad(number);
  }

  function beginBad(number: number) {
    const malformed = newRegistration(`${account.username}:malformed:${number}`, 'no hash!');
    const nameless = newRegistration(`${account.username}:nobody:${number}`);
    refusals.push(malformed, nameless);
    clients.push(tryToRegister(malformed, nextUrl(), account));
    clients.push(tryToRegister(nameless, nextUrl(), { ...account, token: 'x' }));
  }

  const timer = setInterval(begin, 1000 / perSecond);
  return {
    account,
    registrations,
    refusals,
    async finish() {
      clearInterval(timer);
      await Promise.all(clients);
    },
  };
}
