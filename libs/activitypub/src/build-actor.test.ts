import { expect, test } from 'vitest';
import { buildActor, ED25519_CAPABILITY } from './build-actor.ts';
import { createIris } from './iris.ts';

test('the actor names his collections and both of his keys', () => {
  const actor = buildActor(
    {
      username: 'giles',
      displayName: 'Giles',
      publicKeyPem: '-----BEGIN PUBLIC KEY-----\n',
      publicKeyMultibase: 'z6Mk',
      published: new Date('2026-01-06T23:01:27Z'),
    },
    createIris('https://art.example'),
  );
  const id = 'https://art.example/users/giles';
  expect(actor).toMatchObject({
    type: 'Person',
    id,
    preferredUsername: 'giles',
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    following: `${id}/following`,
    endpoints: { sharedInbox: 'https://art.example/inbox' },
    publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: '-----BEGIN PUBLIC KEY-----\n' },
    assertionMethod: [{ type: 'Multikey', controller: id, publicKeyMultibase: 'z6Mk' }],
    generator: { type: 'Application', implements: [{}, { href: ED25519_CAPABILITY }] },
  });
  expect(actor['@context'].slice(0, 2)).toEqual([
    'https://www.w3.org/ns/activitystreams',
    'https://w3id.org/security/v1',
  ]);
});
