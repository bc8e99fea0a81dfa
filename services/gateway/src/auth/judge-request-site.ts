/** Headers by which a browser says where a request comes from. */
export interface SiteHeaders {
  readonly 'sec-fetch-site'?: string | string[] | undefined;
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

/** Whether a page of ours, or somebody else's, made a browser send a request. */
export type RequestSite = 'own' | 'foreign' | 'unknown';

/**
 * Who made a browser send a request. Browsers set `Sec-Fetch-Site` on https and on this machine, and
 * `Origin` on every POST; a page can forge neither. What sends none of them is a program, a text
 * browser, or one from before 2020: that is `unknown`.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function judgeRequestSite(headers: SiteHeaders, publicUrl: string): RequestSite {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign';
  if (headers.origin === undefined) return 'unknown';
  const isOurs = headers.origin === originOf(publicUrl);
  // A server that is tried out by another address than its public one, over plain http.
  const isAsked = hostOf(headers.origin) !== undefined && hostOf(headers.origin) === headers.host;
  return isOurs || isAsked ? 'own' : 'foreign';
}

function originOf(url: string): string | undefined {
  return URL.parse(url)?.origin;
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host || undefined;
}
