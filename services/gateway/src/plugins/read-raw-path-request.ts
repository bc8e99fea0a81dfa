/** A request that was read by hand. */
export interface RawPathRequest {
  readonly method: 'GET' | 'HEAD';
  /** Path and query, with every byte beyond ASCII percent-encoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const REQUEST_LINE = /^(GET|HEAD) (\/[\x21-\x7e\x80-\xff]*) HTTP\/1\.[01]$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/;
/** They tell of a body, so where the next request begins would be a guess. */
const BODY_HEADERS = ['content-length', 'transfer-encoding', 'upgrade'];

/**
 * Reads a request that Node refuses for the bytes beyond ASCII in its path: clients such as curl
 * send Unicode as it is. Nothing where it is more than one plain GET or HEAD.
 */
export function readRawPathRequest(packet: Buffer): RawPathRequest | undefined {
  const lines = packet.toString('latin1').split('\r\n');
  const [, method, path] = REQUEST_LINE.exec(lines[0] ?? '') ?? [];
  if ((method !== 'GET' && method !== 'HEAD') || path === undefined) return undefined;
  if (lines.length < 3 || lines.at(-1) !== '' || lines.at(-2) !== '') return undefined;
  const headers: Record<string, string> = {};
  for (const line of lines.slice(1, -2)) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const key = name.toLowerCase();
    if (Object.hasOwn(headers, key) || BODY_HEADERS.includes(key)) return undefined;
    headers[key] = value;
  }
  return { method, url: encodeBytes(path), headers };
}

function encodeBytes(path: string): string {
  return path.replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
