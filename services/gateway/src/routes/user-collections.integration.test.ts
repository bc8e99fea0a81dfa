import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { PUBLIC_URL, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts';

const servers = { mongodbUrl: inject('mongodbUrl'), redisUrl: inject('redisUrl') };
const PEOPLE = Array.from({ length: 60 }, (_, index) => `https://peer.example/users/u${index}`);
let app: TestGateway;

beforeAll(async () => {
  app = await startTestGateway(servers);
  await app.addUser('giles-1');
  await app.addUser('lonely');
  for (const [index, actorIri] of PEOPLE.entries()) {
    // Ten of them came in one moment each, so that pages end within it.
    const since = new Date(Date.UTC(2026, 0, 1 + Math.floor(index / 10)));
    await app.store.followers.put({
      username: 'giles-1',
      actorIri,
      inbox: `${actorIri}/inbox`,
      deliveryInbox: 'https://peer.example/inbox',
      host: 'peer.example',
      followIri: `${actorIri}#follow`,
      since,
    });
    const state = index < 45 ? 'accepted' : 'requested';
    await app.store.following.put({
      username: 'giles-1',
      actorIri,
      followId: `f${index}`,
      state,
      since,
    });
  }
});
afterAll(() => app[Symbol.asyncDispose]());

interface Page {
  readonly type: string;
  readonly totalItems: number;
  readonly orderedItems: readonly string[];
  readonly next?: string;
  readonly partOf: string;
}

async function readAll(name: string): Promise<Page[]> {
  const iri = `${PUBLIC_URL}/users/giles-1/${name}`;
  const pages: Page[] = [];
  for (let next: string | undefined = `${iri}?page=first`; next !== undefined; ) {
    const answer = await app.call('GET', next.slice(PUBLIC_URL.length));
    expect(answer.status).toBe(200);
    const page = answer.json() as Page;
    pages.push(page);
    next = page.next;
  }
  return pages;
}

test.each([
  ['followers', 60, [20, 20, 20]],
  ['following', 45, [20, 20, 5]],
])('%s are read page by page, each actor once, the newest first', async (name, total, sizes) => {
  const iri = `${PUBLIC_URL}/users/giles-1/${name}`;
  const collection = await app.call('GET', `/users/giles-1/${name}`);
  expect(collection.headers['content-type']).toMatch(/^application\/activity\+json/);
  expect(collection.json()).toMatchObject({
    type: 'OrderedCollection',
    id: iri,
    totalItems: total,
    first: `${iri}?page=first`,
  });
  const pages = await readAll(name);
  expect(pages.map((page) => page.orderedItems.length)).toEqual(sizes);
  expect(pages.every((page) => page.partOf === iri && page.totalItems === total)).toBe(true);
  const actors = pages.flatMap((page) => page.orderedItems);
  expect(new Set(actors).size).toBe(total);
  expect(actors.toSorted()).toEqual(PEOPLE.slice(0, total).toSorted());
  expect(actors[0]).toMatch(/^https:\/\/peer\.example\/users\/u[45]\d$/);
});

test('who is followed by nobody has no first page', async () => {
  const answer = await app.call('GET', '/users/lonely/followers');
  expect(answer.json()).toMatchObject({ totalItems: 0 });
  expect(answer.json()).not.toHaveProperty('first');
});

test.each(['nonsense', '%7B%22$gt%22:%22%22%7D'])('the page %s is 422', async (page) => {
  expect((await app.call('GET', `/users/giles-1/followers?page=${page}`)).status).toBe(422);
});

test('the collections of nobody are 404', async () => {
  expect((await app.call('GET', '/users/nobody/followers')).status).toBe(404);
  expect((await app.call('GET', '/users/nobody/following')).status).toBe(404);
});
