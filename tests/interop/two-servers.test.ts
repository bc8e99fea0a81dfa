import { connectStore, type Store } from '@artdag/store';
import { freePort, startConstellation, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';

const parts = new AsyncDisposableStack();
let artist: Server;
let fan: Server;

/** A server of this software under an address of this machine. */
interface Server {
  readonly host: string;
  readonly url: string;
  readonly store: Store;
}

async function start(port: number, peerPort: number): Promise<Server> {
  const constellation = parts.use(
    await startConstellation({
      mongodbUrl: inject('mongodbUrl'),
      redisUrl: inject('redisUrl'),
      federations: 1,
      publicPort: port,
      env: { ARTDAG_ALLOWED_HOSTS: `127.0.0.1:${peerPort}`, ARTDAG_AUTHORIZED_FETCH: 'on' },
    }),
  );
  const store = parts.use(await connectStore(constellation.mongodbUrl));
  return { host: `127.0.0.1:${port}`, url: constellation.gateways[0].url, store };
}

beforeAll(async () => {
  const [one, other] = [await freePort(), await freePort()];
  [artist, fan] = await Promise.all([start(one, other), start(other, one)]);
});
afterAll(() => parts.disposeAsync());

const irisOf = ({ host }: Server, name: string) => `http://${host}/users/${name}`;

async function follow(username: string, actor: string) {
  const token = await signUp(fan.url, username);
  await post(`${fan.url}/users/${username}/follow`, { actor }, token);
  await waitFor('the follow is accepted', async () => {
    return (await fan.store.following.find(username, actor))?.state === 'accepted';
  });
}

async function register(name: string, token: string) {
  const asset = { name, content_hash: `hash-${name}`, asset_type: 'image' };
  const { activity } = (await post(`${artist.url}/registry`, asset, token)).json;
  const { receivedActivities } = fan.store;
  await waitFor(`the Create of ${name}`, () =>
    receivedActivities.find(receivedActivities.idOf(activity.id)),
  );
}

test('two servers of this software come to sign by Ed25519 what they deliver to each other', async () => {
  const token = await signUp(artist.url, 'ada');
  await follow('bob', irisOf(artist, 'ada'));
  for (const name of ['first', 'second']) await register(name, token);
  const known = await waitFor('Ed25519 is found out', async () => {
    const host = await artist.store.hosts.find(fan.host);
    return host?.acceptsEd25519 === undefined ? undefined : host;
  });
  expect(known).toMatchObject({ scheme: 'cavage', ed25519Hint: 'declared', acceptsEd25519: true });
});

test('a following that the other server has lost ends here too, after its next Create', async () => {
  const token = await signUp(artist.url, 'eva');
  const eva = irisOf(artist, 'eva');
  await follow('carl', eva);
  await follow('dora', eva);
  await artist.store.followers.remove('eva', irisOf(fan, 'carl'));
  await register('third', token);
  await waitFor('carl follows no more', async () => {
    return (await fan.store.following.find('carl', eva)) === undefined;
  });
  expect(await fan.store.following.find('dora', eva)).toMatchObject({ state: 'accepted' });
});

test('with authorized fetch on both sides, strangers see the actor and not what he said', async () => {
  expect((await get(irisOf(artist, 'ada'))).status).toBe(200);
  expect((await get(`${irisOf(artist, 'ada')}/outbox`)).status).toBe(401);
});
