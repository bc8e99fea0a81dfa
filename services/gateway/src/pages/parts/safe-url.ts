const WEB = new Set(['http:', 'https:']);
const MAX_LENGTH = 2048;

/** An address that a link may have: of the web, or nothing. No `javascript:`, no `data:`. */
export function safeUrl(url: string): string | undefined {
  if (url.length > MAX_LENGTH) return undefined;
  const parsed = URL.parse(url);
  return parsed && WEB.has(parsed.protocol) && parsed.username === '' && parsed.password === ''
    ? parsed.href
    : undefined;
}
