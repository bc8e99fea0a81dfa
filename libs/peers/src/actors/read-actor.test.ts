import { generateKeyPairSync } from 'node:crypto';
import { ED25519_CAPABILITY } from '@artdag/activitypub';
import { fromPlainValue, type JsonObject } from '@artdag/signatures';
import { expect, test } from 'vitest';
import { alice, aliceKey, ed25519Multikey, makeActor, rsaPem } from '../testing/make-actor.ts';
import { readActor } from './read-actor.ts';

const multikey = {
  id: `${alice}#ed25519-key`,
  type: 'Multikey',
  controller: alice,
  publicKeyMultibase: ed25519Multikey,
};

function read(changes: Record<string, unknown>) {
  const result = readActor(alice, fromPlainValue(makeActor(changes)) as JsonObject);
  return result.ok ? result.actor : result;
}

const keysOf = (changes: Record<string, unknown>) => {
  const actor = read(changes);
  return 'keys' in actor ? actor.keys.map(({ keyId, algorithm }) => [keyId, algorithm]) : actor;
};

test('reads what federation needs', () => {
  expect(read({ name: 'Alice', summary: '<b>x</b>' })).toEqual({
    id: alice,
    type: 'Person',
    inbox: `${alice}/inbox`,
    sharedInbox: 'https://peer.example/inbox',
    followers: `${alice}/followers`,
    preferredUsername: 'alice',
    name: 'Alice',
    alsoKnownAs: [],
    keys: [{ keyId: aliceKey, algorithm: 'rsa', publicKeyPem: rsaPem() }],
  });
});

test.each([
  [{ inbox: 'https://victim.example/inbox' }, 'inbox-elsewhere'],
  [{ inbox: 'http://peer.example/inbox' }, 'inbox-elsewhere'],
  [{ inbox: 'https://peer.example:444/inbox' }, 'inbox-elsewhere'],
  [{ inbox: ['https://peer.example/inbox'] }, 'inbox-elsewhere'],
  [{ inbox: undefined }, 'inbox-elsewhere'],
  [{ type: 'Note' }, 'not-an-actor'],
  [{ type: undefined }, 'not-an-actor'],
])('%j is refused: %s', (changes, reason) => {
  expect(read(changes)).toMatchObject({ ok: false, reason });
});

test('a shared inbox or followers on another origin are left out', () => {
  const actor = read({
    endpoints: { sharedInbox: 'https://victim.example/inbox' },
    followers: 'https://victim.example/followers',
  });
  expect(actor).not.toHaveProperty('sharedInbox');
  expect(actor).not.toHaveProperty('followers');
});

test('takes the Ed25519 Multikeys of assertionMethod, one or several', () => {
  const both = [
    [aliceKey, 'rsa'],
    [multikey.id, 'ed25519'],
  ];
  expect(keysOf({ assertionMethod: [multikey] })).toEqual(both);
  expect(keysOf({ assertionMethod: multikey })).toEqual(both);
});

const weakPem = generateKeyPairSync('rsa', { modulusLength: 1024 });
const privatePem = generateKeyPairSync('ed25519').privateKey;
const toPem = (key: typeof privatePem, type: 'spki' | 'pkcs8') =>
  key.export({ type: type as 'pkcs8', format: 'pem' });

test.each([
  [
    'of another owner',
    { id: aliceKey, owner: 'https://peer.example/users/bob', publicKeyPem: rsaPem() },
  ],
  ['of no owner', { id: aliceKey, publicKeyPem: rsaPem() }],
  ['without an id', { owner: alice, publicKeyPem: rsaPem() }],
  [
    'on another origin',
    { id: 'https://victim.example/u#main-key', owner: alice, publicKeyPem: rsaPem() },
  ],
  ['too weak', { id: aliceKey, owner: alice, publicKeyPem: toPem(weakPem.publicKey, 'spki') }],
  ['private', { id: aliceKey, owner: alice, publicKeyPem: toPem(privatePem, 'pkcs8') }],
  ['unreadable', { id: aliceKey, owner: alice, publicKeyPem: '-----BEGIN PUBLIC KEY-----\nx' }],
  ['huge', { id: aliceKey, owner: alice, publicKeyPem: `${rsaPem()}${'\n'.repeat(5000)}` }],
])('a key that is %s is not taken', (_, publicKey) => {
  expect(keysOf({ publicKey })).toEqual([]);
});

test('of many keys only the first ten are looked at', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ ...multikey, id: `${alice}#${index}` }));
  expect(keysOf({ publicKey: [], assertionMethod: many })).toHaveLength(10);
});

test.each([
  [[{ href: ED25519_CAPABILITY }], true],
  [{ href: ED25519_CAPABILITY }, true],
  [[ED25519_CAPABILITY], true],
  [[{ href: 'https://datatracker.ietf.org/doc/html/rfc9421' }], undefined],
  [undefined, undefined],
])('a server that implements %j declares Ed25519: %s', (capabilities, declared) => {
  const actor = read({ generator: { type: 'Application', implements: capabilities } });
  expect('keys' in actor && actor.declaresEd25519).toBe(declared);
});
