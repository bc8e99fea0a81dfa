/** Header fields by lower-case name, as Node gives them. */
export type HttpHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a signature may cover of a request; the body goes by its digest. */
export interface RequestHead {
  /** As in the request line, `POST`. */
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  /** Scheme, host and port under which the receiver is known, `https://example.com`. */
  readonly origin: string;
  readonly headers: HttpHeaders;
}

const hostPattern = /^[A-Za-z0-9.:[\]-]+$/;

/**
 * The value of a header: lines trimmed and joined by a comma and a space; `undefined` where it is
 * absent or holds a line break, which could forge lines of a signature base.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-2.1
 */
export function getHeader(headers: HttpHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (value === undefined) return undefined;
  const lines = typeof value === 'string' ? [value] : value;
  const joined = lines.map((line) => line.trim()).join(', ');
  return /[\r\n]/.test(joined) ? undefined : joined;
}

/** Host and port of an origin: lower case, without the scheme's default port. */
export function getAuthority(origin: string): string {
  return new URL(origin).host;
}

/** Whether the `Host` of a request names its receiver. */
export function isAddressedToOrigin({ headers, origin }: RequestHead): boolean {
  const host = getHeader(headers, 'host');
  if (host === undefined || !hostPattern.test(host)) return false;
  const url = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(url) && getAuthority(url) === getAuthority(origin);
}

/** Path and query of a request target; the query with its `?`, or empty. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  if (mark === -1) return { path: target, query: '' };
  return { path: target.slice(0, mark), query: target.slice(mark) };
}
