import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createTestFederation, type TestFederation } from '../testing/create-test-federation.ts';
import { type Sink, startSink } from '../testing/start-sink.ts';
import { resolveObjectHandler } from './resolve-object.ts';

let parts: AsyncDisposableStack;
let federation: TestFederation;
let peer: Sink;
let owner: unknown;
let resolved: string[];

beforeEach(async () => {
  parts = new AsyncDisposableStack();
  resolved = [];
  peer = parts.use(
    await startSink((response, { path }) => {
      const context = 'https://www.w3.org/ns/activitystreams';
      const id = `http://${peer.host}${path}`;
      const document = { '@context': context, id, type: 'Image', attributedTo: owner };
      response.writeHead(200, { 'content-type': 'application/activity+json' });
      response.end(JSON.stringify(document));
    }),
  );
  federation = parts.use(
    await createTestFederation({
      mongodbUrl: inject('mongodbUrl'),
      hosts: [peer.host],
      overrides: {
        resolveActor: async (actorIri) => {
          resolved.push(actorIri);
          return 'resolved';
        },
      },
    }),
  );
});
afterEach(() => parts.disposeAsync());

async function resolve(objectIri = `http://${peer.host}/objects/1`) {
  const { process } = resolveObjectHandler(federation.context);
  await process({ objectIri }, new AbortController().signal);
  const { remoteObjects, remoteActors } = federation.store;
  return {
    owner: await remoteObjects.findOwner(objectIri),
    failure: await remoteActors.findFailure(objectIri, federation.context.now()),
  };
}

test.each([
  ['by his IRI', (iri: string) => iri],
  ['as an object', (iri: string) => ({ type: 'Person', id: iri })],
  ['first of several', (iri: string) => [iri, 'https://other.example/users/bob']],
])('an owner who is named %s is remembered, and known himself', async (_, name) => {
  const ann = `http://${peer.host}/users/ann`;
  owner = name(ann);
  expect(await resolve()).toEqual({ owner: ann, failure: undefined });
  expect(resolved).toEqual([ann]);
});

test.each([
  ['nobody', undefined],
  ['an actor on another server', 'https://victim.example/users/bob'],
  ['nothing that can be read', [[7]]],
])('an object of %s has no owner, for ten minutes', async (_, name) => {
  owner = name;
  expect(await resolve()).toEqual({ owner: undefined, failure: 'nobody owns it' });
  expect(resolved).toEqual([]);
  federation.clock.time += 10 * 60_000;
  const { remoteActors } = federation.store;
  const objectIri = `http://${peer.host}/objects/1`;
  expect(await remoteActors.findFailure(objectIri, federation.context.now())).toBeUndefined();
});

test('an object that cannot be had has no owner', async () => {
  peer.answer = 503;
  expect(await resolve()).toMatchObject({
    owner: undefined,
    failure: expect.stringMatching(/^http-status/),
  });
});
