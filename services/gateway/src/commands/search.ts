import { CONTENT_HASH_PATTERN, isUsername, type RegisteredAsset } from '@artdag/registry';
import type { GatewayContext } from '../context.ts';

/** What a text in the search box stands for. */
export type SearchResult =
  | { readonly kind: 'one'; readonly path: string }
  | { readonly kind: 'works'; readonly works: readonly RegisteredAsset[] }
  | { readonly kind: 'foreign' };

type Context = Pick<GatewayContext, 'store' | 'config'>;

const contentHash = new RegExp(CONTENT_HASH_PATTERN);
const FULL_HASH = /^[0-9a-f]{64}$/;
const MAX_NAME_PART = 128;
const MAX_WORKS = 24;

/** Finds out whether a text is a hash, an address, a user, an activity or a name, in this order. */
export async function search(text: string, context: Context): Promise<SearchResult> {
  const path = addressPath(text, context.config.publicUrl);
  if (path !== undefined) return path === 'foreign' ? { kind: 'foreign' } : { kind: 'one', path };
  const one = (await findUser(text, context)) ?? (await findThing(text, context));
  if (one !== undefined) return { kind: 'one', path: one };
  const works = await context.store.assets.latest(
    { nameContains: text.slice(0, MAX_NAME_PART) },
    undefined,
    MAX_WORKS,
  );
  return { kind: 'works', works };
}

/** The path of an address of ours. */
function addressPath(text: string, publicUrl: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  const url = URL.parse(text);
  if (!url) return undefined;
  if (url.origin !== new URL(publicUrl).origin || url.pathname.startsWith('//')) return 'foreign';
  return `${url.pathname}${url.search}`;
}

async function findUser(text: string, { store, config }: Context): Promise<string | undefined> {
  const [, name = '', domain = config.domain] =
    /^(?:acct:|@)([^@\s]+)(?:@([^@\s]+))?$/.exec(text) ?? /^([^@\s]+)@([^@\s]+)$/.exec(text) ?? [];
  if (!isUsername(name) || domain.toLowerCase() !== config.domain.toLowerCase()) return undefined;
  return (await store.users.exists(name)) ? `/users/${name}` : undefined;
}

async function findThing(text: string, { store }: Context): Promise<string | undefined> {
  const encoded = encodeURIComponent(text);
  const hash = text.toLowerCase().replace(/^sha3-256:/, '');
  if (FULL_HASH.test(hash)) return `/objects/${hash}`;
  const [asset, isActivity, claims] = await Promise.all([
    store.assets.find(text),
    text.length <= MAX_NAME_PART && store.activities.exists(text),
    contentHash.test(text) ? store.activities.listClaims(text, 1) : [],
  ]);
  if (asset) return `/registry/${encoded}`;
  if (isActivity) return `/activities/${encoded}`;
  return claims.length > 0 ? `/objects/${encoded}` : undefined;
}
