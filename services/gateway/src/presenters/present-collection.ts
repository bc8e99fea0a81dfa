import { buildOrderedCollection, buildOrderedCollectionPage } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { decodeCursor, encodeCursor, type Position } from '@artdag/store';

/** An ordered collection that is read page by page. */
export interface PagedCollection<T> {
  readonly iri: string;
  count(): Promise<number>;
  /** Items after a position, or from the first on. */
  page(after: Position | undefined, limit: number): Promise<readonly T[]>;
  /** JSON text of an item. */
  textOf(item: T): string;
  positionOf(item: T): Position;
}

const PAGE_SIZE = 20;

/**
 * JSON text of an `OrderedCollection`, or of its page where one is asked for.
 *
 * @throws AppError `validation-failed` where the page is not one that this server gave out.
 */
export async function presentCollection<T>(
  collection: PagedCollection<T>,
  page: string | undefined,
): Promise<string> {
  const { iri } = collection;
  const totalItems = await collection.count();
  if (page === undefined) return JSON.stringify(buildOrderedCollection(iri, totalItems));
  const found = await collection.page(readPage(page), PAGE_SIZE + 1);
  const shown = found.slice(0, PAGE_SIZE);
  const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined;
  return buildOrderedCollectionPage({
    collectionIri: iri,
    pageIri: `${iri}?page=${encodeURIComponent(page)}`,
    totalItems,
    items: shown.map((item) => collection.textOf(item)),
    nextIri: last && `${iri}?page=${encodeCursor(collection.positionOf(last))}`,
  });
}

/** `first`, or the place after which a page goes on. `true` is what other servers ask for. */
function readPage(page: string): Position | undefined {
  if (page === 'first' || page === 'true') return undefined;
  const position = decodeCursor(page);
  if (!position)
    throw new AppError(
      'validation-failed',
      'querystring/page is not one that this server gave out.',
    );
  return position;
}
