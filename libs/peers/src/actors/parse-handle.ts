/** A user of a server, as people write it. */
export interface Handle {
  readonly username: string;
  /** In lower case, punycode, with a port if one was given. */
  readonly host: string;
  /** `acct:user@host`. */
  readonly acct: string;
}

/**
 * Reads `acct:user@host`, `@user@host` or `user@host`; `undefined` for anything else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7565#section-7
 */
export function parseHandle(text: string): Handle | undefined {
  const [, username, domain] =
    /^(?:acct:)?@?([^@\s/?#:%]{1,200})@([^@\s/?#\\]{1,255})$/i.exec(text) ?? [];
  if (username === undefined || domain === undefined) return undefined;
  const host = URL.parse(`https://${domain}`)?.host.replace(/\.(?=:|$)/, '');
  return host ? { username, host, acct: `acct:${username}@${host}` } : undefined;
}
