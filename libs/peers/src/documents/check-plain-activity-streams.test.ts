import { fromPlainValue } from '@artdag/signatures';
import { expect, test } from 'vitest';
import { checkPlainActivityStreams } from './check-plain-activity-streams.ts';

const activityStreams = 'https://www.w3.org/ns/activitystreams';
const id = 'https://peer.example/activities/1';

function check(changes: Record<string, unknown>) {
  const document = { '@context': activityStreams, id, type: 'Create', ...changes };
  return checkPlainActivityStreams(fromPlainValue(document));
}

const inContext = (definitions: unknown) => check({ '@context': [activityStreams, definitions] });

test.each([
  ['@graph', { '@graph': [{ id: 'https://victim.example/1', type: 'Delete' }] }],
  ['@included', { '@included': [{ id: 'https://victim.example/1' }] }],
  ['@reverse', { '@reverse': { object: { id: 'https://victim.example/1', type: 'Announce' } } }],
  ['@reverse in the object', { object: { '@reverse': { actor: { type: 'Delete' } } } }],
  ['@graph in a list', { object: [{ cc: [{ '@graph': [] }] }] }],
  ['@id beside id', { '@id': 'https://victim.example/1' }],
  ['@type beside type', { '@type': 'Delete' }],
  ['@nest', { '@nest': { actor: 'https://victim.example/' } }],
  ['@list', { object: { '@list': [] } }],
])('LD graph restructuring: %s is refused', (_, changes) => {
  expect(check(changes)).toMatchObject({ ok: false, reason: 'keyword' });
});

test.each([
  ['a term in its short form', { 'as:actor': 'https://victim.example/' }],
  ['a term in its long form', { [`${activityStreams}#actor`]: 'https://victim.example/' }],
  ['a security term', { 'https://w3id.org/security#publicKey': {} }],
])('LD graph restructuring: %s, unseen by a plain reader, is refused', (_, changes) => {
  expect(check(changes)).toMatchObject({ ok: false, reason: 'long-form-term' });
});

test('an embedded actor may carry keys under their long names, as Fedify sends them', () => {
  const actor = { id: 'https://peer.example/users/bob', type: 'Person', 'sec:assertionMethod': [] };
  const object = { id: 'https://peer.example/follows/1', type: 'Follow', actor };
  expect(check({ type: 'Accept', object })).toMatchObject({ ok: true });
});

test('LD graph restructuring: an activity term in long form is refused however deep it stands', () => {
  const object = {
    id: 'https://peer.example/1',
    type: 'Follow',
    'as:object': 'https://v.example/',
  };
  expect(check({ object })).toMatchObject({ ok: false, reason: 'long-form-term' });
});

test.each([
  ['a remapped term', { actor: 'https://evil.example/ns#x' }],
  ['a remapped term in its expanded form', { object: { '@id': 'as:actor' } }],
  ['a remapped type', { Note: 'as:Delete' }],
  ['a term without a meaning', { actor: null }],
  ['a remapped id', { id: '@type' }],
  ['a remapped prefix', { as: 'https://evil.example/ns#' }],
  ['an alias of @graph', { items2: '@graph' }],
  ['an alias of @reverse', { back: { '@id': '@reverse' } }],
  ['an alias of @id', { uri: '@id' }],
  ['a reverse property', { ownedBy: { '@reverse': 'as:actor' } }],
  ['a graph container', { bundle: { '@id': 'toot:x', '@container': '@graph' } }],
  [
    'a graph container in a list',
    { bundle: { '@id': 'toot:x', '@container': ['@graph', '@set'] } },
  ],
  ['a nested property', { inner: { '@id': 'toot:x', '@nest': 'outer' } }],
  ['a context of its own', { inner: { '@id': 'toot:x', '@context': { actor: 'toot:y' } } }],
  ['an import', { '@import': 'https://evil.example/context' }],
  ['a base', { '@base': 'https://evil.example/' }],
  ['no propagation', { '@propagate': false }],
  ['an unknown context', 'https://evil.example/context.jsonld'],
  ['a list in the list', [{ actor: 'toot:x' }]],
  ['nothing', null],
])('LD graph restructuring: a context with %s is refused', (_, part) => {
  expect(inContext(part)).toMatchObject({ ok: false, reason: 'context' });
});

test('LD graph restructuring: a context within the document is looked at too', () => {
  const object = { '@context': { actor: 'https://evil.example/x' }, type: 'Note' };
  expect(check({ object })).toMatchObject({ ok: false, reason: 'context' });
});

test.each([
  ['none', { id: undefined }, 'id-missing'],
  ['in an array', { id: [id] }, 'id-not-text'],
  ['in an object', { id: { '@value': id } }, 'id-not-text'],
  ['relative', { id: '/activities/1' }, 'id-not-text'],
  ['a data: link', { id: 'data:application/activity+json,{}' }, 'id-not-text'],
  ['in an array, in the object', { object: { id: [id] } }, 'id-not-text'],
])('an id that is %s is refused', (_, changes, reason) => {
  expect(check(changes)).toMatchObject({ ok: false, reason });
});

test('a list is not a document', () => {
  expect(checkPlainActivityStreams(fromPlainValue([{ id }]))).toMatchObject({
    reason: 'not-an-object',
  });
});

test.each([
  [
    'Mastodon',
    [
      activityStreams,
      'https://w3id.org/security/v1',
      {
        manuallyApprovesFollowers: 'as:manuallyApprovesFollowers',
        toot: 'http://joinmastodon.org/ns#',
        featured: { '@id': 'toot:featured', '@type': '@id' },
        alsoKnownAs: { '@id': 'as:alsoKnownAs', '@type': '@id' },
        movedTo: { '@id': 'as:movedTo', '@type': '@id' },
        schema: 'http://schema.org#',
        PropertyValue: 'schema:PropertyValue',
        value: 'schema:value',
        focalPoint: { '@container': '@list', '@id': 'toot:focalPoint' },
      },
    ],
  ],
  [
    'Akkoma',
    [activityStreams, 'https://peer.example/schemas/litepub-0.1.jsonld', { '@language': 'und' }],
  ],
  [
    'PeerTube',
    [
      activityStreams,
      'https://w3id.org/security/v1',
      { RsaSignature2017: 'https://w3id.org/security#RsaSignature2017' },
      {
        pt: 'https://joinpeertube.org/ns#',
        sc: 'http://schema.org/',
        likes: { '@id': 'as:likes', '@type': '@id' },
      },
    ],
  ],
  [
    'Misskey',
    [
      activityStreams,
      'https://w3id.org/security/v1',
      {
        Key: 'sec:Key',
        quoteUrl: 'as:quoteUrl',
        misskey: 'https://misskey-hub.net/ns#',
        isCat: 'misskey:isCat',
      },
    ],
  ],
  ['Lemmy', ['https://join-lemmy.org/context.json', activityStreams]],
  ['a vocabulary by default', [activityStreams, { '@vocab': '_:' }]],
  ['a text', activityStreams],
])('lets the context of %s pass', (_, context) => {
  expect(check({ '@context': context })).toMatchObject({ ok: true, id });
});

test('lets a document without a context, language maps and foreign members pass', () => {
  const object = { contentMap: { en: 'hi' }, metadata: { id: 5, list: [[1]] }, id: null };
  expect(check({ '@context': undefined, object })).toMatchObject({ ok: true, id });
});
