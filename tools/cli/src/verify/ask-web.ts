import type { GuardedFetch } from '@artdag/peers';
import type { Ask } from '@artdag/verification';

/** {@link Ask} by the guarded fetch. */
export function createAskWeb({ fetch }: Pick<GuardedFetch, 'fetch'>): Ask {
  return async (url, accept) => {
    const answer = await fetch({ url, method: 'GET', headers: { accept } });
    if (!answer.ok) return { failed: `${answer.reason}, ${answer.detail}` };
    const { status, headers, body, finalUrl } = answer;
    const { link } = headers;
    const header = Array.isArray(link) ? link.join(', ') : link;
    return {
      status,
      text: new TextDecoder().decode(body),
      url: finalUrl,
      ...(typeof header === 'string' && { link: header }),
    };
  };
}
