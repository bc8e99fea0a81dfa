import type { AllowedHosts } from './allowed-hosts.ts';
import { type FetchFailure, failFetch } from './fetch-result.ts';

const maxLength = 4096;

/** Reads a URL that a request may go to: https on any port, or http for an allowed host. */
export function parseOutgoingUrl(
  text: string,
  allowedHosts: AllowedHosts,
  base?: URL,
): URL | FetchFailure {
  const url = text.length <= maxLength ? URL.parse(text, base?.href) : null;
  if (url === null) return failFetch('malformed-url', 'not an absolute URL of ordinary length');
  const isAllowed = allowedHosts.has(url.protocol, url.hostname, url.port);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed)) {
    return failFetch('blocked-scheme', `${url.protocol} is not asked`);
  }
  if (url.username || url.password) {
    return failFetch('credentials-in-url', 'the URL holds a user name or password');
  }
  url.hash = '';
  return url;
}
