import { expect, test } from 'vitest';
import { addressActors, addressPublic } from './addressees.ts';
import { buildActor } from './build-actor.ts';
import { buildAnnounce } from './build-announce.ts';
import { buildDelete } from './build-delete.ts';
import { buildFollow } from './build-follow.ts';
import { buildAccept, buildReject } from './build-follow-answer.ts';
import { buildTombstone } from './build-tombstone.ts';
import { buildUndo } from './build-undo.ts';
import { buildUpdate } from './build-update.ts';
import { createIris } from './iris.ts';

const iris = createIris('https://art.example');
const giles = 'https://art.example/users/giles';
const ada = 'https://peer.example/users/ada';
const source = { activityId: '0199', username: 'giles', published: '2026-01-06T23:01:27Z' };
const toAda = { ...source, ...addressActors([ada]) };
const toAll = { ...source, ...addressPublic('giles', iris) };

function textOf(type: string, object: string, addressed: string): string {
  return (
    `{"@context":"https://www.w3.org/ns/activitystreams","type":"${type}",` +
    `"id":"https://art.example/activities/0199","actor":"${giles}","object":${object},` +
    `"published":"2026-01-06T23:01:27Z",${addressed}}`
  );
}
const direct = `"to":["${ada}"],"cc":[]`;
const everybody = `"to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["${giles}/followers"]`;

test('a Follow is this text, byte by byte', () => {
  expect(buildFollow({ ...toAda, actorIri: ada }, iris)).toBe(textOf('Follow', `"${ada}"`, direct));
});

test('an Undo holds what it takes back', () => {
  const undone = { type: 'Follow', activityId: '0198', objectIri: ada } as const;
  expect(buildUndo({ ...toAda, undone }, iris)).toBe(
    textOf(
      'Undo',
      `{"type":"Follow","id":"https://art.example/activities/0198","actor":"${giles}","object":"${ada}"}`,
      direct,
    ),
  );
});

test.each([
  ['Accept', buildAccept],
  ['Reject', buildReject],
])('an %s names the Follow, who asked and who was asked', (type, build) => {
  const follow = { id: `${ada}#follows/1`, actor: ada };
  expect(build({ ...toAda, follow }, iris)).toBe(
    textOf(
      type,
      `{"type":"Follow","id":"${ada}#follows/1","actor":"${ada}","object":"${giles}"}`,
      direct,
    ),
  );
});

test('an Announce points to the object and goes to everybody', () => {
  const objectIri = 'https://peer.example/objects/1';
  expect(buildAnnounce({ ...toAll, objectIri }, iris)).toBe(
    textOf('Announce', `"${objectIri}"`, everybody),
  );
});

test('a Delete holds a Tombstone of the time at which it was published', () => {
  const deleted = { id: iris.object('33268b'), formerType: 'Image' };
  expect(buildDelete({ ...toAll, deleted }, iris)).toBe(
    textOf(
      'Delete',
      '{"type":"Tombstone","id":"https://art.example/objects/33268b","formerType":"Image","deleted":"2026-01-06T23:01:27Z"}',
      everybody,
    ),
  );
});

test('a Tombstone of something whose type nobody knows names none', () => {
  expect(buildTombstone({ id: 'https://art.example/objects/1', deleted: 'then' })).toEqual({
    type: 'Tombstone',
    id: 'https://art.example/objects/1',
    deleted: 'then',
  });
});

test('an Update holds the whole actor, whose summary is shown as it was written', () => {
  const actor = buildActor(
    {
      username: 'giles',
      displayName: 'Giles "G"',
      summary: '<b>art</b>\n& code',
      publicKeyPem: 'pem',
      publicKeyMultibase: 'z6Mk',
      published: new Date('2026-01-06T23:01:27Z'),
    },
    iris,
  );
  const text = buildUpdate({ ...toAll, actor }, iris);
  expect(text).toBe(textOf('Update', JSON.stringify(actor), everybody));
  expect(JSON.parse(text).object).toMatchObject({
    type: 'Person',
    name: 'Giles "G"',
    summary: '<p>&#60;b&#62;art&#60;/b&#62;<br>&#38; code</p>',
  });
});

test('a user who says nothing of himself has no summary', () => {
  const actor = buildActor(
    {
      username: 'giles',
      displayName: 'Giles',
      publicKeyPem: 'pem',
      publicKeyMultibase: 'z6Mk',
      published: new Date(0),
    },
    iris,
  );
  expect(actor).not.toHaveProperty('summary');
});
