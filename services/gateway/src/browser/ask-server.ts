import type { Ask } from '@artdag/verification';
import { scriptWords as words } from '../pages/messages/scripts.ts';

/**
 * Asks this server by the identifiers under its public base, whatever address the page has. Other
 * servers are not asked: they would learn who checks what.
 */
export function createAskServer(base: string): Ask {
  return async (url, accept) => {
    if (!url.startsWith(`${base}/`)) return { failed: words.notHere };
    try {
      const path = url.slice(base.length);
      const response = await fetch(path, { headers: { accept }, credentials: 'omit' });
      const link = response.headers.get('link');
      return {
        status: response.status,
        text: await response.text(),
        url: response.url.replace(location.origin, base),
        ...(link !== null && { link }),
      };
    } catch {
      return { failed: words.noAnswer };
    }
  };
}
