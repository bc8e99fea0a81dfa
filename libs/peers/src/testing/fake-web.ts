import type { FetchRequest } from '../guarded-fetch/fetch-request.ts';
import { type FetchResult, failFetch } from '../guarded-fetch/fetch-result.ts';

/** What stands at a URL: a document, or an answer of another kind. */
export type FakePage =
  | { readonly document: unknown; readonly contentType?: string }
  | { readonly status: number }
  | { readonly redirectTo: string }
  | { readonly down: true };

/** Pages by URL behind a fetch that counts; what is not there is 404. */
export function createFakeWeb(pages: Record<string, FakePage>) {
  const asked: string[] = [];

  async function fetch(request: FetchRequest): Promise<FetchResult> {
    const url = new URL(request.url);
    url.hash = '';
    asked.push(url.href);
    await new Promise((resolve) => setImmediate(resolve));
    return answer(url.href);
  }

  function answer(url: string): FetchResult {
    const page = pages[url] ?? { status: 404 };
    if ('down' in page) return failFetch('network', 'ECONNREFUSED');
    if ('redirectTo' in page) return answer(page.redirectTo);
    const document = 'document' in page ? page.document : '';
    const contentType = 'document' in page ? page.contentType : undefined;
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    return {
      ok: true,
      status: 'status' in page ? page.status : 200,
      headers: { 'content-type': contentType ?? 'application/activity+json' },
      body: Buffer.from(text),
      finalUrl: url,
    };
  }

  return { pages, asked, fetch };
}
