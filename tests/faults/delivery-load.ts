import { connectStore } from '@artdag/store';
import type { Constellation } from '@artdag/testing';
import { type Account, createAccount } from './account.ts';
import { newRegistration, type Registration, register } from './register.ts';
import type { SinkHosts } from './sink-hosts.ts';

/** A user whose followers are sinks. */
export interface Author {
  readonly account: Account;
  readonly sinks: SinkHosts;
  /** All that he has registered: a Create of each goes to every sink. */
  readonly registrations: readonly Registration[];
  /**
   * Registers `count` assets, at each gateway in turn or at another address; a client asks again
   * where he must.
   */
  publish(count: number, gatewayUrl?: string): Promise<void>;
}

const CLIENTS = 5;

/** Makes a user, and every sink his follower. */
export async function createAuthor(
  sinks: SinkHosts,
  { mongodbUrl, gateways }: Pick<Constellation, 'mongodbUrl' | 'gateways'>,
): Promise<Author> {
  const account = await createAccount(gateways[0].url);
  await using store = await connectStore(mongodbUrl);
  for (const [index, inbox] of sinks.inboxes.entries()) {
    const host = sinks.hosts[index] ?? '';
    await store.followers.put({
      username: account.username,
      actorIri: `http://${host}/users/fan`,
      inbox,
      deliveryInbox: inbox,
      host,
      followIri: `http://${host}/follows/1`,
      since: new Date(),
    });
  }
  const registrations: Registration[] = [];
  return {
    account,
    sinks,
    registrations,
    async publish(count, gatewayUrl) {
      const first = registrations.length;
      const wanted = Array.from({ length: count }, (_, index) =>
        newRegistration(`${account.username}:${first + index}`),
      );
      registrations.push(...wanted);
      const waiting = wanted.entries();
      const client = async () => {
        for (const [index, registration] of waiting) {
          const gateway = gateways[index % gateways.length] ?? gateways[0];
          await register(registration, () => gatewayUrl ?? gateway.url, account);
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
    },
  };
}
