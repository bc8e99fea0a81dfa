import type { Iris } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import {
  fromPlainValue,
  getMember,
  jsonObject,
  parseLosslessJson,
  stringifyLossless,
} from '@artdag/signatures';
import type { ReactionCounts } from '@artdag/store';

/**
 * The `likes` and `shares` of an object: how many there are, and not of whom.
 *
 * @see https://www.w3.org/TR/activitypub/#likes
 */
export function presentReactions(contentHash: string, counts: ReactionCounts, iris: Iris) {
  const collection = (id: string, totalItems: number) => ({ type: 'Collection', id, totalItems });
  return {
    likes: collection(iris.likes(contentHash), counts.likes),
    shares: collection(iris.shares(contentHash), counts.shares),
  };
}

/**
 * The object of a Create as it was signed, with the context that it has in its activity. What this
 * server has counted stands beside it and never in the place of a signed member.
 */
export function presentObject(
  createText: string,
  observed: ReturnType<typeof presentReactions>,
): string {
  const activity = parseLosslessJson(createText);
  const context = getMember(activity, '@context');
  const object = getMember(activity, 'object');
  if (!context || object?.kind !== 'object')
    throw new AppError('not-found', 'The claim has no object.');
  const added = Object.entries(observed)
    .filter(([name]) => !object.entries.has(name))
    .map(([name, value]) => [name, fromPlainValue(value)] as const);
  return stringifyLossless(jsonObject([['@context', context], ...object.entries, ...added]));
}
