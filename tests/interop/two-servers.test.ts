import { connectStore } from '@artdag/store';
import { freePort, startConstellation, waitFor } from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { get, post, signUp } from '../e2e/client.ts';

test('two servers of this software come to sign by Ed25519 what they deliver to each other', async () => {
  await using parts = new AsyncDisposableStack();
  const ports = [await freePort(), await freePort()] as const;
  const start = async (port: number, peerPort: number) => {
    const constellation = await startConstellation({
      mongodbUrl: inject('mongodbUrl'),
      redisUrl: inject('redisUrl'),
      federations: 1,
      publicPort: port,
      env: { ARTDAG_ALLOWED_HOSTS: `127.0.0.1:${peerPort}` },
    });
    return parts.use(constellation);
  };
  const [artist, fan] = await Promise.all([start(...ports), start(ports[1], ports[0])]);
  const [artistUrl, fanUrl] = [artist.gateways[0].url, fan.gateways[0].url];
  const artistToken = await signUp(artistUrl, 'ada');
  const fanToken = await signUp(fanUrl, 'bob');
  const ada = `http://127.0.0.1:${ports[0]}/users/ada`;

  await post(`${fanUrl}/users/bob/follow`, { actor: ada }, fanToken);
  await waitFor('the follow is accepted', async () => {
    return (await get(`${fanUrl}/users/bob/following`)).json.totalItems === 1;
  });
  const store = parts.use(await connectStore(artist.mongodbUrl));
  const received = parts.use(await connectStore(fan.mongodbUrl)).receivedActivities;
  for (const name of ['first', 'second']) {
    const asset = { name, content_hash: `hash-${name}`, asset_type: 'image' };
    const { activity } = (await post(`${artistUrl}/registry`, asset, artistToken)).json;
    await waitFor(`the Create of ${name}`, () => received.find(received.idOf(activity.id)));
  }
  const known = await waitFor('Ed25519 is found out', async () => {
    const host = await store.hosts.find(`127.0.0.1:${ports[1]}`);
    return host?.acceptsEd25519 === undefined ? undefined : host;
  });
  expect(known).toMatchObject({ scheme: 'cavage', ed25519Hint: 'declared', acceptsEd25519: true });
});
