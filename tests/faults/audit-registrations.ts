import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  getMember,
  getStringMember,
  type JsonNode,
  parseEd25519Multikey,
  parseLosslessJson,
  verifyEddsaJcs2022Proof,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import { connectStore, type Store } from '@artdag/store';
import { type Constellation, waitFor } from '@artdag/testing';
import type { Registration } from './register.ts';
import type { RegistrationLoad } from './registration-load.ts';

type Ledger = Pick<RegistrationLoad, 'account' | 'registrations' | 'refusals'>;

const SETTLE_MS = 30_000;
const FAR_FUTURE = new Date('9999-01-01');

/**
 * Waits until all promised work is done, then holds what clients were told against what is stored
 * and served. Each broken invariant is one line; none is what is wanted.
 */
export async function auditRegistrations(
  { registrations, refusals, account: { username } }: Ledger,
  constellation: Pick<Constellation, 'mongodbUrl' | 'gateways'>,
): Promise<string[]> {
  await using store = await connectStore(constellation.mongodbUrl);
  const gatewayUrl = constellation.gateways[0].url;
  await waitUntilSettled(store);
  const creates = await readOutbox(gatewayUrl, username);
  const assets = await readAssets(gatewayUrl, username);
  return [
    ...registrations.flatMap((registration) => auditEffect(registration, assets, creates.items)),
    ...refusals.flatMap((refused) => auditRefusal(refused, assets)),
    ...auditTotals(creates, assets, await store.activities.countByActor(username)),
    ...(await auditSignatures(creates.items, gatewayUrl, username)),
  ];
}

/** No promise is open any more. */
export async function waitUntilSettled(
  store: Pick<Store, 'assets'>,
  withinMs = SETTLE_MS,
): Promise<void> {
  await waitFor(
    'all promised signatures are made',
    async () => (await store.assets.outbox.due('sign-activity', FAR_FUTURE, 1)).length === 0,
    withinMs,
  );
}

interface StoredAsset {
  readonly content_hash: string;
}

type Assets = ReadonlyMap<string, StoredAsset>;

/** I1 and I2: what was accepted is there, signed by one Create, the one that was shown. */
function auditEffect(
  { name, contentHash, status, activityIri }: Registration,
  assets: Assets,
  creates: readonly JsonNode[],
): string[] {
  if (status !== 200 && status !== 202) return [`${name}: the last answer is ${status}`];
  const stored = assets.get(name);
  if (!stored) return [`I1 ${name}: accepted with ${status}, and not stored`];
  if (stored.content_hash !== contentHash) return [`I1 ${name}: stored with another hash`];
  const own = creates.filter(
    (create) => getStringMember(getMember(create, 'object'), 'name') === name,
  );
  if (own.length !== 1) return [`I2 ${name}: ${own.length} Creates`];
  if (activityIri !== undefined && getStringMember(own[0], 'id') !== activityIri)
    return [`I1 ${name}: another Create than the one that was shown`];
  return [];
}

/** I7: a refusal leaves nothing behind. */
function auditRefusal({ name, status }: Registration, assets: Assets): string[] {
  if (status === 200 || status === 202) return [`I7 ${name}: accepted with ${status}`];
  return assets.has(name) ? [`I7 ${name}: refused with ${status}, and stored`] : [];
}

/** I4: registry, outbox and store agree. */
function auditTotals(creates: Outbox, assets: Assets, stored: number): string[] {
  const counts = {
    'assets in the registry': assets.size,
    'activities stored': stored,
    'totalItems of the outbox': creates.totalItems,
    'items on its pages': creates.items.length,
  };
  return new Set(Object.values(counts)).size === 1 ? [] : [`I4 ${JSON.stringify(counts)}`];
}

/** I6: each served Create verifies under the key that its actor shows. */
async function auditSignatures(
  creates: readonly JsonNode[],
  gatewayUrl: string,
  username: string,
): Promise<string[]> {
  const actor = (await getJson(`${gatewayUrl}/users/${username}`)) as {
    publicKey: { publicKeyPem: string };
    assertionMethod: [{ publicKeyMultibase: string }];
  };
  const rsa = createPublicKey(actor.publicKey.publicKeyPem);
  const ed25519 = parseEd25519Multikey(actor.assertionMethod[0].publicKeyMultibase);
  return creates.flatMap((create) => auditSignature(create, rsa, ed25519));
}

function auditSignature(create: JsonNode, rsa: KeyObject, ed25519: KeyObject): string[] {
  const id = getStringMember(create, 'id');
  const signature = verifyRsaSignature2017(create, rsa);
  const proof = verifyEddsaJcs2022Proof(create, ed25519);
  return [
    ...(signature.ok && signature.convention === 'package' ? [] : [`I6 ${id}: signature`]),
    ...(proof.ok ? [] : [`I6 ${id}: proof, ${proof.reason}`]),
  ];
}

interface Outbox {
  readonly totalItems: number;
  readonly items: readonly JsonNode[];
}

async function readOutbox(gatewayUrl: string, username: string): Promise<Outbox> {
  const path = `${gatewayUrl}/users/${username}/outbox`;
  const { totalItems } = (await getJson(path)) as { totalItems: number };
  const items: JsonNode[] = [];
  let page: string | undefined = '?page=first';
  while (page !== undefined) {
    const node: JsonNode = parseLosslessJson(await getText(`${path}${page}`));
    const shown = getMember(node, 'orderedItems');
    if (shown?.kind === 'array') items.push(...shown.items);
    const next: string | undefined = getStringMember(node, 'next');
    page = next && new URL(next).search;
  }
  return { totalItems, items };
}

async function readAssets(gatewayUrl: string, owner: string): Promise<Assets> {
  const { assets } = (await getJson(`${gatewayUrl}/registry?owner=${owner}`)) as {
    assets: Record<string, StoredAsset>;
  };
  return new Map(Object.entries(assets));
}

async function getText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.text();
}

async function getJson(url: string): Promise<unknown> {
  return JSON.parse(await getText(url));
}
