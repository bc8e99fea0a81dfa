const CONTEXT = 'https://www.w3.org/ns/activitystreams';

/** One page of a collection; `items` are JSON texts, so that signed documents stay as they are. */
export interface CollectionPage {
  readonly collectionIri: string;
  readonly pageIri: string;
  readonly totalItems: number;
  readonly items: readonly string[];
  readonly nextIri: string | undefined;
}

/**
 * An `OrderedCollection` that points to its first page.
 *
 * @see https://www.w3.org/TR/activitystreams-core/#collections
 */
export function buildOrderedCollection(id: string, totalItems: number) {
  return {
    '@context': CONTEXT,
    type: 'OrderedCollection',
    id,
    totalItems,
    ...(totalItems > 0 && { first: `${id}?page=first` }),
  };
}

/**
 * The JSON text of an `OrderedCollectionPage`.
 *
 * @see https://www.w3.org/TR/activitystreams-core/#paging
 */
export function buildOrderedCollectionPage(page: CollectionPage): string {
  const head = JSON.stringify({
    '@context': CONTEXT,
    type: 'OrderedCollectionPage',
    id: page.pageIri,
    partOf: page.collectionIri,
    totalItems: page.totalItems,
    ...(page.nextIri !== undefined && { next: page.nextIri }),
  });
  return `${head.slice(0, -1)},"orderedItems":[${page.items.join(',')}]}`;
}
