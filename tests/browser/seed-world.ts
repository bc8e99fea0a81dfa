import { createHash } from 'node:crypto';
import { connectStore } from '@artdag/store';
import { waitFor } from '@artdag/testing';
import type { Server } from './server.ts';

/** Whoever looks at a page. */
export type Viewer = 'guest' | 'user' | 'operator';

/** What the pages of the suite show. */
export interface World {
  /** Tokens of those who are logged in. */
  readonly tokens: Readonly<Record<Exclude<Viewer, 'guest'>, string>>;
  /** Hash of the work that two users claim. */
  readonly sharedHash: string;
  /** Id of the activity that claims it first. */
  readonly activityId: string;
}

export const password = 'correct horse battery';
/** Nothing in it may break out of its place, and none of it may widen a page. */
export const hostileName = `<script>alert(1)</script>"'&\u202e${'gnol'.repeat(24)}`;
export const hashOf = (text: string) => createHash('sha3-256').update(text).digest('hex');

/** Fills a fresh server: works of all kinds, and a user who has none. */
export async function seedWorld({ url, mongodbUrl }: Server): Promise<World> {
  const api = createApi(url);
  const [ada, bob, , root] = await Promise.all(
    ['ada', 'bob', 'nobody-yet', 'root'].map((username) => api.signUp(username)),
  );
  if (!ada || !bob || !root) throw new Error('nobody could register');
  await using store = await connectStore(mongodbUrl);
  await store.users.setRole('root', 'operator');
  const sharedHash = hashOf('shared');
  const first = await api.register(ada, 'effect:shared', sharedHash, {
    fps: 30.0,
    note: '<b>bold</b>',
  });
  await api.register(bob, 'shared too', sharedHash);
  await api.register(ada, hostileName, hashOf('hostile'), { word: 'x'.repeat(4000) });
  await api.register(ada, 'taken back', hashOf('taken back'));
  await api.withdraw(ada, 'taken back');
  return { tokens: { user: ada, operator: root }, sharedHash, activityId: first };
}

/** Does what users do, by requests to the server. */
export function createApi(url: string) {
  const send = async (method: string, path: string, body: unknown, token?: string) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    async signUp(username: string): Promise<string> {
      return (await send('POST', '/auth/register', { username, password })).access_token;
    },
    /** Registers a work and waits until its claim is signed; gives the id of the claim. */
    async register(token: string, name: string, contentHash: string, metadata = {}) {
      const work = {
        name,
        content_hash: contentHash,
        asset_type: 'image',
        tags: ['art', name.slice(0, 20)],
      };
      const { asset } = await send('POST', '/registry', { ...work, metadata }, token);
      await waitFor(
        `${name.slice(0, 20)} is signed`,
        async () => (await fetch(`${url}/activities/${asset.activity_id}`)).ok,
      );
      return String(asset.activity_id);
    },
    async logIn(username: string, secret: string): Promise<string> {
      return (await send('POST', '/auth/login', { username, password: secret })).access_token;
    },
    share: (token: string, username: string, object: string) =>
      send('POST', `/users/${username}/share`, { object }, token),
    withdraw: (token: string, name: string) =>
      send('DELETE', `/registry/${encodeURIComponent(name)}`, undefined, token),
  };
}
