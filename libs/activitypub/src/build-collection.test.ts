import { expect, test } from 'vitest';
import { buildOrderedCollection, buildOrderedCollectionPage } from './build-collection.ts';

const collectionIri = 'https://art.example/users/giles/outbox';

test('an empty collection points to no page', () => {
  expect(buildOrderedCollection(collectionIri, 0)).not.toHaveProperty('first');
  expect(buildOrderedCollection(collectionIri, 2)).toMatchObject({
    totalItems: 2,
    first: `${collectionIri}?page=first`,
  });
});

test('a page holds its items as the texts that they were', () => {
  const items = ['{"id":"a","n":30.0}', '{"id":"b" }'];
  const pageIri = `${collectionIri}?page=first`;
  const page = { collectionIri, pageIri, totalItems: 2, items, nextIri: undefined };
  const text = buildOrderedCollectionPage(page);
  expect(text.endsWith(`"orderedItems":[${items.join(',')}]}`)).toBe(true);
  expect(JSON.parse(text)).toMatchObject({ id: pageIri, partOf: collectionIri, totalItems: 2 });
  expect(JSON.parse(text)).not.toHaveProperty('next');
});
