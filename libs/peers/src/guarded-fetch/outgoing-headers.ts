/** Header fields of a request, by name in any case. */
export type OutgoingHeaders = Readonly<Record<string, string>>;

/** What the connection or this client decides, and what would let a server recognise us. */
const neverSent = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'accept-encoding',
  'user-agent',
  'cookie',
]);

/** What is meant for the first URL only: it covers its path, or would hand a secret on. */
const notRedirected = new Set([
  'signature',
  'signature-input',
  'authorization',
  'proxy-authorization',
  'date',
  'digest',
  'content-digest',
]);

/** The header fields that are sent; after a redirect, without those made for the first URL. */
export function selectHeaders(
  headers: OutgoingHeaders,
  userAgent: string,
  isRedirected: boolean,
): Record<string, string> {
  const selected: Record<string, string> = {
    'user-agent': userAgent,
    'accept-encoding': 'identity',
  };
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (neverSent.has(key) || (isRedirected && notRedirected.has(key))) continue;
    selected[key] = value;
  }
  return selected;
}
