import { expect, test } from 'vitest';
import { createGuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { createFakeWeb, type FakePage } from '../testing/fake-web.ts';
import { alice, makeActor } from '../testing/make-actor.ts';
import { answerJson, startPeer } from '../testing/start-peer.ts';
import { fetchDocument } from './fetch-document.ts';

function fetchFrom(iri: string, pages: Record<string, FakePage>) {
  const web = createFakeWeb(pages);
  return { web, result: fetchDocument(iri, web) };
}

test('document claiming the id of another host is refused, and the other host is not asked', async () => {
  const { result, web } = fetchFrom('https://evil.example/x', {
    'https://evil.example/x': { document: makeActor() },
    [alice]: { document: makeActor() },
  });
  expect(await result).toMatchObject({ ok: false, reason: 'id-mismatch' });
  expect(web.asked).toEqual(['https://evil.example/x']);
});

test('document claiming the id of another port of its host is refused', async () => {
  const { result } = fetchFrom('https://peer.example:8443/x', {
    'https://peer.example:8443/x': { document: makeActor() },
  });
  expect(await result).toMatchObject({ ok: false, reason: 'id-mismatch' });
});

test('a document of another place on its origin is fetched once from there', async () => {
  const { result, web } = fetchFrom('https://peer.example/@alice', {
    'https://peer.example/@alice': { document: makeActor() },
    [alice]: { document: makeActor() },
  });
  expect(await result).toMatchObject({ ok: true, id: alice });
  expect(web.asked).toEqual(['https://peer.example/@alice', alice]);
});

test('a document that does not stand at its id after the refetch is refused', async () => {
  const { result, web } = fetchFrom('https://peer.example/@alice', {
    'https://peer.example/@alice': { document: makeActor() },
    [alice]: { document: makeActor({ id: 'https://peer.example/users/bob' }) },
    'https://peer.example/users/bob': { document: makeActor({ id: alice }) },
  });
  expect(await result).toMatchObject({ ok: false, reason: 'id-mismatch' });
  expect(web.asked).toHaveLength(2);
});

test('what counts after a redirect is the URL that answered', async () => {
  const { result } = fetchFrom(alice, {
    [alice]: { redirectTo: 'https://evil.example/alice' },
    'https://evil.example/alice': { document: makeActor() },
  });
  expect(await result).toMatchObject({ ok: false, reason: 'id-mismatch' });
});

test('an id with a fragment stands in the document without it', async () => {
  const { result } = fetchFrom(`${alice}#me`, {
    [alice]: { document: makeActor({ id: `${alice}#me` }) },
  });
  expect(await result).toMatchObject({ ok: true, id: `${alice}#me` });
});

test.each(['text/plain', 'application/json', 'application/octet-stream', 'application/ld+json'])(
  'uploaded text file taken for an actor: %s is refused',
  async (contentType) => {
    const { result } = fetchFrom(alice, { [alice]: { document: makeActor(), contentType } });
    expect(await result).toMatchObject({ ok: false, reason: 'wrong-media-type' });
  },
);

test('LD graph restructuring: a fetched document with a graph is refused', async () => {
  const { result } = fetchFrom(alice, { [alice]: { document: makeActor({ '@graph': [] }) } });
  expect(await result).toMatchObject({ ok: false, reason: 'not-plain' });
});

test.each([
  ['no JSON', '<html>'],
  ['two texts', '{} {}'],
  ['too deep', `${'['.repeat(100)}${']'.repeat(100)}`],
  ['deep enough for any stack', '['.repeat(500_000)],
  ['a key __proto__', '{"__proto__":{"id":"x"}}'],
])('a body with %s is malformed', async (_, document) => {
  const { result } = fetchFrom(alice, { [alice]: { document } });
  expect(await result).toMatchObject({ ok: false, reason: 'malformed' });
});

test.each([
  [410, 'gone', false],
  [404, 'gone', false],
  [403, 'http-status', false],
  [429, 'http-status', true],
  [503, 'http-status', true],
])('status %i is %s, to be retried: %s', async (status, reason, canRetry) => {
  const { result } = fetchFrom(alice, { [alice]: { status } });
  expect(await result).toMatchObject({ ok: false, reason, status, canRetry });
});

test('asks a real peer for both media types and signs', async () => {
  await using peer = await startPeer((request, response) => {
    answerJson({ id: `http://${request.headers.host}/note`, type: 'Note' })(request, response);
  });
  await using guarded = createGuardedFetch({ userAgent: 'test', allowedHosts: [peer.host] });
  const signHop = () => ({ signature: 'sig' });
  const result = await fetchDocument(`${peer.origin}/note`, { fetch: guarded.fetch, signHop });
  expect(result).toMatchObject({ ok: true, id: `${peer.origin}/note` });
  const { headers } = peer.requests[0] ?? expect.fail('nothing was asked');
  expect(headers['signature']).toBe('sig');
  expect(headers.accept).toContain('application/activity+json');
  expect(headers.accept).toContain('profile="https://www.w3.org/ns/activitystreams"');
});
