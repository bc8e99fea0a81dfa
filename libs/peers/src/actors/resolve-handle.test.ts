import { expect, test } from 'vitest';
import { createFakeWeb, type FakePage } from '../testing/fake-web.ts';
import { alice, makeActor } from '../testing/make-actor.ts';
import { createMemoryActorCache } from '../testing/memory-actor-cache.ts';
import { createActorResolver } from './actor-resolver.ts';
import { parseHandle } from './parse-handle.ts';

const selfLink = { rel: 'self', type: 'application/activity+json', href: alice };
const contentType = 'application/jrd+json; charset=utf-8';

function webfingerOf(host: string, user = 'alice', scheme = 'https') {
  return `${scheme}://${host}/.well-known/webfinger?resource=acct%3A${user}%40${encodeURIComponent(host)}`;
}

function jrd(changes: Record<string, unknown> = {}): FakePage {
  const document = {
    subject: 'acct:alice@peer.example',
    links: [{ rel: 'x' }, selfLink],
    ...changes,
  };
  return { document, contentType };
}

function resolve(handle: string, pages: Record<string, FakePage>, insecureHosts: string[] = []) {
  const now = () => new Date(0);
  const { fetch } = createFakeWeb({ [alice]: { document: makeActor() }, ...pages });
  const { cache } = createMemoryActorCache(now);
  return createActorResolver({ fetch, cache, now, insecureHosts }).resolveHandle(handle);
}

test.each(['acct:alice@peer.example', '@alice@peer.example', 'alice@PEER.example.'])(
  'finds the actor of %s',
  async (handle) => {
    const result = await resolve(handle, { [webfingerOf('peer.example')]: jrd() });
    const expected = { ok: true, handle: 'acct:alice@peer.example', actor: { id: alice } };
    expect(result).toMatchObject(expected);
  },
);

test('takes the other media type of ActivityPub and plain JSON', async () => {
  const type = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
  const page = { ...jrd({ links: [{ ...selfLink, type }] }), contentType: 'application/json' };
  const result = await resolve('@alice@peer.example', { [webfingerOf('peer.example')]: page });
  expect(result).toMatchObject({ ok: true });
});

test.each([
  ['of another media type', { ...jrd(), contentType: 'text/html' }, 'wrong-media-type'],
  ['not there', { status: 404 }, 'gone'],
  ['down', { down: true } as const, 'network'],
  ['no JSON', { document: '<html>', contentType }, 'malformed'],
  ['without a subject', jrd({ subject: undefined }), 'subject-mismatch'],
  ['without links', jrd({ links: undefined }), 'self-link-missing'],
  ['of a page only', jrd({ links: [{ ...selfLink, type: 'text/html' }] }), 'self-link-missing'],
  ['a data: link', jrd({ links: [{ ...selfLink, href: 'data:,{}' }] }), 'malformed-iri'],
])('a WebFinger that is %s fails', async (_, page, reason) => {
  const result = await resolve('@alice@peer.example', { [webfingerOf('peer.example')]: page });
  expect(result).toMatchObject({ ok: false, reason });
});

test('a server cannot hand out the handle of another', async () => {
  const evilLink = { ...selfLink, href: 'https://evil.example/users/alice' };
  const result = await resolve('@alice@evil.example', {
    [webfingerOf('evil.example')]: jrd({ links: [evilLink] }),
    [webfingerOf('peer.example')]: jrd(),
  });
  expect(result).toMatchObject({ ok: false, reason: 'subject-mismatch' });
});

test('a handle may lead to the canonical one, which its own server confirms', async () => {
  const result = await resolve('@alice@alias.example', {
    [webfingerOf('alias.example')]: jrd(),
    [webfingerOf('peer.example')]: jrd(),
  });
  expect(result).toMatchObject({ ok: true, handle: 'acct:alice@peer.example' });
});

test('asks listed hosts by http', async () => {
  const host = 'localhost:3000';
  const page = jrd({ subject: `acct:alice@${host}` });
  const result = await resolve(`alice@${host}`, { [webfingerOf(host, 'alice', 'http')]: page }, [
    host,
  ]);
  expect(result).toMatchObject({ ok: true });
});

test.each([
  'alice',
  '@alice',
  'a@b@c',
  'a b@c',
  'alice@',
  '@@c',
  'alice@c/d',
  'alice@c?d',
  'a@b:99999',
])('%j is no handle', (text) => {
  expect(parseHandle(text)).toBeUndefined();
});

test('writes hosts in lower case and punycode, without a trailing dot', () => {
  expect(parseHandle('@A@Bücher.example.')?.acct).toBe('acct:A@xn--bcher-kva.example');
  expect(parseHandle('a@b.example.:8443')?.host).toBe('b.example:8443');
});
