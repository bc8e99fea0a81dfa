import { createPublicKey, type KeyObject } from 'node:crypto';
import { checkHttpSignature, readHttpSignature, verifyHttpSignature } from '@artdag/signatures';
import { connectStore, type Delivery, type Store } from '@artdag/store';
import type { Constellation } from '@artdag/testing';
import type { Author } from './delivery-load.ts';
import type { Registration } from './register.ts';
import { inboxOf, type SinkPost } from './sink-hosts.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

type Place = Pick<Constellation, 'mongodbUrl' | 'gateways'>;

/**
 * Waits until the healthy hosts have everything, then holds the ledger against what clients were
 * told and what sinks have seen. Each broken invariant is one line; none is what is wanted.
 */
export async function auditDeliveries(
  { account: { username }, registrations, sinks }: Author,
  { mongodbUrl, gateways }: Place,
  healthy: readonly string[] = sinks.hosts,
): Promise<string[]> {
  await using store = await connectStore(mongodbUrl);
  await waitUntilQuiet(store, healthy);
  const actorUrl = `${gateways[0].url}/users/${username}`;
  const posts = Map.groupBy(sinks.posts, postKey);
  const ledger = await Promise.all(registrations.map((told) => readLedger(told, store)));
  const activityIds = new Set(ledger.map(({ activityId }) => activityId));
  return [
    ...ledger.flatMap(({ told }) => auditAnswer(told)),
    ...ledger.flatMap((entry) => auditRows(entry, healthy)),
    ...ledger.flatMap(({ rows }) => rows.flatMap((row) => auditRow(row, posts, healthy))),
    ...[...posts].flatMap(([key, same]) => auditPosts(key, same, activityIds)),
    ...(await auditSignatures(sinks.posts, actorUrl)),
    ...(await auditTotals(username, actorUrl, { store, registered: registrations.length })),
  ];
}

/** How many posts were more than the one that each activity and inbox needs. */
export function countRepeats(posts: readonly SinkPost[]): number {
  return posts.length - new Set(posts.map(postKey)).size;
}

interface LedgerEntry {
  readonly told: Registration;
  readonly activityId: string;
  readonly rows: readonly Delivery[];
}

async function readLedger(told: Registration, store: Store): Promise<LedgerEntry> {
  const activityId = (await store.assets.find(told.name))?.activityId ?? 'none';
  return { told, activityId, rows: await store.deliveries.listByActivity(activityId, 1000) };
}

function postKey({ host, body }: Pick<SinkPost, 'host' | 'body'>): string {
  const { id } = JSON.parse(body) as { id: string };
  return `${id.slice(id.lastIndexOf('/') + 1)} ${inboxOf(host)}`;
}

function auditAnswer({ name, status }: Registration): string[] {
  return status === 200 || status === 202 ? [] : [`${name}: the last answer is ${status}`];
}

/** I1 and I3: an accepted registration has one row in the ledger for each inbox. */
function auditRows({ told, rows }: LedgerEntry, healthy: readonly string[]): string[] {
  const counts = Map.groupBy(rows, ({ inbox }) => inbox);
  const doubled = [...counts.values()].filter((same) => same.length > 1).length;
  const missing = healthy.filter((host) => !counts.has(inboxOf(host))).length;
  return doubled + missing === 0
    ? []
    : [`I3 ${told.name}: ${missing} inboxes have no row, ${doubled} have several`];
}

/** I3: what the ledger says of a delivery is what the sink has seen. */
function auditRow(
  { activityId, inbox, host, state, attempts }: Delivery,
  posts: ReadonlyMap<string, readonly SinkPost[]>,
  healthy: readonly string[],
): string[] {
  const key = `${activityId} ${inbox}`;
  const same = posts.get(key) ?? [];
  const isTaken = same.some((post) => post.isTaken);
  return [
    ...(healthy.includes(host) && state !== 'delivered' ? [`I1 ${key}: ${state}`] : []),
    ...(state === 'delivered' && !isTaken ? [`I3 ${key}: delivered, and never taken`] : []),
    ...(attempts > same.length ? [`I3 ${key}: ${attempts} tries, ${same.length} posts`] : []),
  ];
}

/** I3: whatever comes twice is the same activity, byte for byte. */
function auditPosts(
  key: string,
  same: readonly SinkPost[],
  activityIds: ReadonlySet<string>,
): string[] {
  const bodies = new Set(same.map(({ body }) => body));
  const [activityId = ''] = key.split(' ');
  return [
    ...(bodies.size === 1 ? [] : [`I3 ${key}: ${bodies.size} different bodies`]),
    ...(activityIds.has(activityId) ? [] : [`I3 ${key}: an activity that nobody asked for`]),
  ];
}

/** I6: each post verifies as a strict peer would do it. */
async function auditSignatures(posts: readonly SinkPost[], actorUrl: string): Promise<string[]> {
  const { publicKey } = await getJson<{ publicKey: { publicKeyPem: string } }>(actorUrl);
  const key = createPublicKey(publicKey.publicKeyPem);
  return posts.flatMap((post) => (verifies(post, key) ? [] : [`I6 ${postKey(post)}: signature`]));
}

function verifies({ host, path, headers, body, at }: SinkPost, key: KeyObject): boolean {
  const head = { method: 'POST', target: path, origin: `http://${host}`, headers };
  const read = readHttpSignature(head);
  if (!read.ok) return false;
  if (checkHttpSignature(head, read.signature, { body: Buffer.from(body), now: at })) return false;
  return verifyHttpSignature(read.signature, key).ok;
}

/** I4: collections that peers see, and the store. */
async function auditTotals(
  username: string,
  actorUrl: string,
  { store, registered }: { store: Store; registered: number },
): Promise<string[]> {
  const total = async (collection: string) =>
    (await getJson<{ totalItems: number }>(`${actorUrl}/${collection}`)).totalItems;
  const counts = {
    registered,
    signed: await store.activities.countByActor(username),
    outbox: await total('outbox'),
  };
  const fans = { shown: await total('followers'), stored: await store.followers.count(username) };
  return [counts, fans].flatMap((equal) =>
    new Set(Object.values(equal)).size === 1 ? [] : [`I4 ${JSON.stringify(equal)}`],
  );
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
