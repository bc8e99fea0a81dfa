import { expect, test, vi } from 'vitest';
import { limitFetches } from '../guarded-fetch/limit-fetches.ts';
import { createFakeWeb, type FakePage } from '../testing/fake-web.ts';
import { alice, aliceKey, ed25519Multikey, makeActor, rsaPem } from '../testing/make-actor.ts';
import { createMemoryActorCache } from '../testing/memory-actor-cache.ts';
import { createActorResolver } from './actor-resolver.ts';

const minute = 60_000;

function setUp(pages: Record<string, FakePage> = { [alice]: { document: makeActor() } }) {
  const clock = { time: Date.parse('2026-01-06T23:00:00Z') };
  const now = () => new Date(clock.time);
  const web = createFakeWeb(pages);
  const memory = createMemoryActorCache(now);
  const start = () => createActorResolver({ fetch: web.fetch, cache: memory.cache, now });
  return { ...memory, web, clock, start, resolver: start() };
}

const rotated = {
  document: makeActor({ publicKey: { id: aliceKey, owner: alice, publicKeyPem: rsaPem(1) } }),
};

function pemOf(result: Awaited<ReturnType<ReturnType<typeof setUp>['resolver']['resolveKey']>>) {
  return result.ok ? result.key.publicKey.export({ type: 'spki', format: 'pem' }) : result.reason;
}

test('fetches an actor once and then knows its key, in memory and in the cache', async () => {
  const { resolver, start, web, actors } = setUp();
  const result = await resolver.resolveKey(aliceKey);
  expect(result).toMatchObject({
    ok: true,
    key: { keyId: aliceKey, owner: alice, algorithm: 'rsa' },
    actor: { inbox: `${alice}/inbox`, sharedInbox: 'https://peer.example/inbox' },
  });
  expect(await resolver.resolveKey(aliceKey)).toBe(result);
  expect(await start().resolveKey(aliceKey)).toMatchObject({ ok: true });
  expect(web.asked).toEqual([alice]);
  expect(actors.get(alice)).toMatchObject({ id: alice, keys: [{ keyId: aliceKey }] });
});

test('64 concurrent look-ups of one key cause one fetch and one look into the cache', async () => {
  const { resolver, web, cache } = setUp();
  const find = vi.spyOn(cache, 'findByKeyId');
  const results = await Promise.all(
    Array.from({ length: 64 }, () => resolver.resolveKey(aliceKey)),
  );
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(web.asked).toHaveLength(1);
  expect(find).toHaveBeenCalledOnce();
});

test('concurrent look-ups of several keys of one actor cause one fetch', async () => {
  const { resolver, web } = setUp();
  await Promise.all([1, 2, 3].map((key) => resolver.resolveKey(`${alice}#key-${key}`)));
  expect(web.asked).toHaveLength(1);
});

test.each([
  ['down', { down: true } as const, 'network'],
  ['gone', { status: 410 }, 'gone'],
  ['not found', { status: 404 }, 'gone'],
  ['not an actor', { document: makeActor({ type: 'Note' }) }, 'not-an-actor'],
  [
    'of a foreign inbox',
    { document: makeActor({ inbox: 'https://victim.example/i' }) },
    'inbox-elsewhere',
  ],
  ['without the key', { document: makeActor({ publicKey: [] }) }, 'key-missing'],
])('N bad posts of an actor that is %s cause one fetch in 10 minutes', async (_, page, reason) => {
  const { resolver, start, web, clock } = setUp({ [alice]: page });
  for (let post = 0; post < 5; post += 1) {
    expect(await resolver.resolveKey(aliceKey)).toMatchObject({ ok: false, reason });
  }
  clock.time += 4 * minute;
  expect(await start().resolveKey(aliceKey)).toMatchObject({ ok: false, reason });
  expect(web.asked.length).toBeLessThanOrEqual(reason === 'key-missing' ? 2 : 1);
  clock.time += 7 * minute;
  web.pages[alice] = { document: makeActor() };
  expect(await resolver.resolveKey(aliceKey)).toMatchObject({ ok: true });
});

test('invented keys of a known actor do not cause a fetch each', async () => {
  const { resolver, web } = setUp();
  await resolver.resolveKey(aliceKey);
  for (let post = 0; post < 10; post += 1) {
    const result = await resolver.resolveKey(`${alice}#invented-${post}`);
    expect(result).toMatchObject({ ok: false, reason: 'key-missing' });
  }
  expect(web.asked).toHaveLength(2);
});

test('key rotation: a forced refresh brings the new key', async () => {
  const { resolver, web } = setUp();
  expect(pemOf(await resolver.resolveKey(aliceKey))).toBe(rsaPem(0));
  web.pages[alice] = rotated;
  expect(pemOf(await resolver.resolveKey(aliceKey))).toBe(rsaPem(0));
  expect(pemOf(await resolver.resolveKey(aliceKey, { forceRefresh: true }))).toBe(rsaPem(1));
  expect(pemOf(await resolver.resolveKey(aliceKey))).toBe(rsaPem(1));
});

test('key rotation: at most one forced refresh of a key in 5 minutes, over all processes', async () => {
  const { resolver, start, web, clock } = setUp();
  await resolver.resolveKey(aliceKey);
  const force = { forceRefresh: true };
  await Promise.all(Array.from({ length: 16 }, () => resolver.resolveKey(aliceKey, force)));
  for (let post = 0; post < 5; post += 1) {
    expect(await resolver.resolveKey(aliceKey, force)).toMatchObject({ ok: true });
    expect(await start().resolveKey(aliceKey, force)).toMatchObject({ ok: true });
  }
  expect(web.asked).toHaveLength(2);
  clock.time += 5 * minute;
  await resolver.resolveKey(aliceKey, force);
  expect(web.asked).toHaveLength(3);
});

test('key rotation: what another process has refreshed is taken without a fetch', async () => {
  const { resolver, start, web, clock } = setUp();
  await resolver.resolveKey(aliceKey);
  web.pages[alice] = rotated;
  clock.time += 1000;
  await start().resolveKey(aliceKey, { forceRefresh: true });
  clock.time += 6 * minute;
  await resolver.resolveKey(aliceKey);
  expect(web.asked).toHaveLength(2);
  expect(pemOf(await resolver.resolveKey(aliceKey))).toBe(rsaPem(1));
});

test('key rotation: a key of a new name is found', async () => {
  const { resolver, web } = setUp();
  await resolver.resolveKey(aliceKey);
  const publicKey = { id: `${alice}#key-2`, owner: alice, publicKeyPem: rsaPem(1) };
  web.pages[alice] = { document: makeActor({ publicKey }) };
  expect(pemOf(await resolver.resolveKey(`${alice}#key-2`))).toBe(rsaPem(1));
});

test('a host that is down at a forced refresh leaves the key as it was and is not asked again', async () => {
  const { resolver, web } = setUp();
  await resolver.resolveKey(aliceKey);
  web.pages[alice] = { down: true };
  const force = { forceRefresh: true };
  expect(pemOf(await resolver.resolveKey(aliceKey, force))).toBe(rsaPem(0));
  expect(pemOf(await resolver.resolveKey(aliceKey, force))).toBe(rsaPem(0));
  expect(web.asked).toHaveLength(2);
});

test('an actor is asked for again after a day, and its deletion is noticed', async () => {
  const { resolver, web, clock } = setUp();
  await resolver.resolveKey(aliceKey);
  clock.time += 23 * 60 * minute;
  expect(await resolver.resolveKey(aliceKey)).toMatchObject({ ok: true });
  web.pages[alice] = { status: 410 };
  clock.time += 60 * minute;
  expect(await resolver.resolveKey(aliceKey)).toMatchObject({ ok: false, reason: 'gone' });
  expect(web.asked).toHaveLength(2);
});

test('finds Ed25519 keys of assertionMethod', async () => {
  const keyId = `${alice}#ed25519-key`;
  const multikey = { id: keyId, controller: alice, publicKeyMultibase: ed25519Multikey };
  const document = makeActor({ assertionMethod: [{ ...multikey, type: 'Multikey' }] });
  const { resolver } = setUp({ [alice]: { document } });
  const result = await resolver.resolveKey(keyId);
  expect(result).toMatchObject({ ok: true, key: { algorithm: 'ed25519', owner: alice } });
});

const ownKey = `${alice}/main-key`;
const keyDocument = {
  '@context': 'https://w3id.org/security/v1',
  id: ownKey,
  owner: alice,
  publicKeyPem: rsaPem(),
};

test('finds a key in a document of its own, if its owner names it', async () => {
  const { resolver, web } = setUp({
    [ownKey]: { document: keyDocument },
    [alice]: { document: makeActor({ publicKey: ownKey }) },
  });
  expect(await resolver.resolveKey(ownKey)).toMatchObject({ ok: true, key: { owner: alice } });
  const fetches = web.asked.length;
  expect(await resolver.resolveKey(ownKey)).toMatchObject({ ok: true });
  expect(web.asked).toHaveLength(fetches);
});

test('a key that names an owner who does not name it is refused', async () => {
  const { resolver } = setUp({
    [ownKey]: { document: keyDocument },
    [alice]: { document: makeActor() },
  });
  expect(await resolver.resolveKey(ownKey)).toMatchObject({ ok: false, reason: 'key-missing' });
});

test('a key that names an owner on another origin is refused, and the owner is not asked', async () => {
  const evil = 'https://evil.example/key';
  const { resolver, web } = setUp({ [evil]: { document: { ...keyDocument, id: evil } } });
  expect(await resolver.resolveKey(evil)).toMatchObject({ ok: false, reason: 'owner-elsewhere' });
  expect(web.asked).toEqual([evil]);
});

test('a key whose document is the actor under its own id is found by the actor', async () => {
  const publicKey = { id: ownKey, owner: alice, publicKeyPem: rsaPem() };
  const { resolver } = setUp({
    [ownKey]: { document: { id: alice, type: 'Person', publicKey } },
    [alice]: { document: makeActor({ publicKey }) },
  });
  expect(await resolver.resolveKey(ownKey)).toMatchObject({ ok: true, key: { owner: alice } });
});

test('resolves an actor by its own IRI and by no other', async () => {
  const alias = 'https://peer.example/@alice';
  const { resolver, web } = setUp({
    [alice]: { document: makeActor() },
    [alias]: { document: makeActor() },
  });
  expect(await resolver.resolveActor(alice)).toMatchObject({ ok: true, actor: { id: alice } });
  expect(await resolver.resolveActor(alice)).toMatchObject({ ok: true });
  expect(web.asked).toEqual([alice]);
  expect(await resolver.resolveActor(alias)).toMatchObject({ ok: false, reason: 'id-mismatch' });
});

test.each([
  '',
  'alice',
  'acct:alice@peer.example',
  'data:,x',
  `https://p.example/${'x'.repeat(3000)}`,
])('%.40s is no IRI of a key', async (keyId) => {
  const { resolver, web, failures } = setUp();
  expect(await resolver.resolveKey(keyId)).toMatchObject({ ok: false, reason: 'malformed-iri' });
  expect(web.asked).toEqual([]);
  expect(failures.size).toBe(0);
});

test('a job that has spent its fetches does not spoil the actor for others', async () => {
  const { resolver, web } = setUp();
  const fetch = limitFetches(web.fetch, 0);
  const refused = await resolver.resolveKey(aliceKey, { fetch });
  expect(refused).toMatchObject({ ok: false, reason: 'too-many-fetches', canRetry: true });
  expect(await resolver.resolveKey(aliceKey)).toMatchObject({ ok: true });
});
