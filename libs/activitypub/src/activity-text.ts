import type { Iris } from './iris.ts';

const CONTEXT = 'https://www.w3.org/ns/activitystreams';

/** What every activity of ours is made from. */
export interface ActivitySource {
  readonly activityId: string;
  readonly username: string;
  /** UTC with whole seconds, `2026-01-06T23:01:27Z`. */
  readonly published: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
}

/**
 * The JSON text of an unsigned activity whose `object` is the JSON text `object`.
 *
 * The signer appends `signature` and `proof`. The same source always gives the same text.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#activity-types
 */
export function composeActivity(
  type: string,
  source: ActivitySource,
  object: string,
  iris: Iris,
): string {
  return joinMembers({
    '@context': JSON.stringify(CONTEXT),
    type: JSON.stringify(type),
    id: JSON.stringify(iris.activity(source.activityId)),
    actor: JSON.stringify(iris.actor(source.username)),
    object,
    published: JSON.stringify(source.published),
    to: JSON.stringify(source.to),
    cc: JSON.stringify(source.cc),
  });
}

/** The JSON text of an object whose members are JSON texts, in their order. */
export function joinMembers(members: Readonly<Record<string, string>>): string {
  const parts = Object.entries(members).map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${parts.join(',')}}`;
}
