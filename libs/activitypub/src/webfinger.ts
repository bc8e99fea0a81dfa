import type { Iris } from './iris.ts';
import { ACTIVITY_JSON } from './media-types.ts';

/** What a WebFinger resource asks for. */
export type WebfingerResource =
  | { readonly kind: 'user'; readonly username: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'malformed' };

/**
 * Reads the `resource` of a WebFinger request: `acct:user@domain` or an actor's IRI.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7033#section-4.1
 * @see https://www.rfc-editor.org/rfc/rfc7565#section-7
 */
export function parseWebfingerResource(
  resource: string,
  domain: string,
  iris: Iris,
): WebfingerResource {
  const username = iris.usernameOf(resource);
  if (username) return { kind: 'user', username };
  if (/^https?:\/\//i.test(resource)) return { kind: 'foreign' };
  const account = /^acct:@?([^@\s/?#]+)@([^@\s/?#]+)$/i.exec(resource);
  if (!account?.[1] || !account[2]) return { kind: 'malformed' };
  if (account[2].toLowerCase() !== domain.toLowerCase()) return { kind: 'foreign' };
  return { kind: 'user', username: account[1].toLowerCase() };
}

/**
 * The JSON Resource Descriptor of a user.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7033#section-4.4
 */
export function buildWebfinger(username: string, domain: string, iris: Iris) {
  const actor = iris.actor(username);
  return {
    subject: `acct:${username}@${domain}`,
    aliases: [actor],
    links: [
      { rel: 'self', type: ACTIVITY_JSON, href: actor },
      { rel: 'http://webfinger.net/rel/profile-page', type: 'text/html', href: actor },
    ],
  };
}
