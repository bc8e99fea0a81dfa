import { createWorld } from '@artdag/cli';
import { connectStore } from '@artdag/store';
import { waitFor } from '@artdag/testing';
import { runCommand } from './run-verify.ts';
import { createApi, type World } from './seed-world.ts';
import type { Server } from './server.ts';

/** The work whose page is shown in pictures, and its file. */
export const showPiece = (() => {
  const work = createWorld().works.find(({ name }) => name === 'Low tide');
  if (!work) throw new Error('the world has no such work');
  return work;
})();

/** A peer that does not answer: nobody has this name (RFC 2606). */
export const silentHost = 'tidal.example';
const ARTIST = 'mira';

/**
 * Fills a fresh server for pictures of its pages: the world of `dev seed`, and a follower of whose host
 * nothing is heard while his artist shares one work after the other.
 */
export async function seedShow({ url, mongodbUrl, env }: Server): Promise<World> {
  const seeded = await runCommand(env, 'dev', 'seed');
  const [, password = ''] = /password (\S+)/.exec(seeded.notes) ?? [];
  await using store = await connectStore(mongodbUrl);
  await store.users.setRole('jun', 'operator');
  const api = createApi(url);
  const tokens = {
    user: await api.logIn(ARTIST, password),
    operator: await api.logIn('jun', password),
  };
  const inbox = `https://${silentHost}/inbox`;
  await store.followers.put({
    username: ARTIST,
    actorIri: `https://${silentHost}/users/nori`,
    inbox,
    deliveryInbox: inbox,
    host: silentHost,
    followIri: `https://${silentHost}/follows/1`,
    since: new Date(),
  });
  for (const { hash } of createWorld().works.filter(({ owner }) => owner !== ARTIST))
    await api.share(tokens.user, ARTIST, `${url}/objects/${hash}`);
  await waitFor('the peer is left alone', async () => {
    const host = await store.hosts.find(silentHost);
    return host?.openUntil !== undefined;
  });
  return { tokens, sharedHash: showPiece.hash, activityId: '' };
}
