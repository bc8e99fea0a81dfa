import { AppError } from '@artdag/errors';
import { decodeCursor, type Position } from '@artdag/store';
import { Type } from 'typebox';

const MAX_PAGE = 1000;

/** The query of lists that are read page by page. */
export const ListQuery = Type.Object({
  limit: Type.Optional(
    Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: `1 to ${MAX_PAGE}` }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 4096 })),
});

/** How many entries a page has at most: 100 unless the client says so. */
export function readLimit(limit: string | undefined): number {
  const count = limit === undefined ? 100 : Number(limit);
  if (count <= MAX_PAGE) return count;
  throw new AppError('validation-failed', `querystring/limit must be at most ${MAX_PAGE}.`);
}

/** Where a page begins; nothing for the first one. */
export function readPosition(cursor: string | undefined): Position | undefined {
  const position = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor === undefined || position) return position;
  throw new AppError(
    'validation-failed',
    'querystring/cursor is not one that this server gave out.',
  );
}
