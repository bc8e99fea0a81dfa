import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A post that is signed for one inbox. It can be sent again, and by another way. */
export interface SignedPost {
  /** The inbox as the signature names it. */
  readonly inbox: string;
  /** `host` is among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How a post was answered. */
export interface PostAnswer {
  /** `lost` where the connection broke before an answer. */
  readonly status: number | 'lost';
  readonly retryAfter: string | null;
  /** As `performance.now()` counts. */
  readonly startedAt: number;
  readonly ms: number;
}

/** Sends a post to the gateway at `origin`, under the name that the post is signed for. */
export async function sendPost(post: SignedPost, origin: string): Promise<PostAnswer> {
  const startedAt = performance.now();
  const { pathname } = new URL(post.inbox);
  const told = await exchange(new URL(pathname, origin), post).catch(() => undefined);
  return {
    status: told?.status ?? 'lost',
    retryAfter: told?.retryAfter ?? null,
    startedAt,
    ms: performance.now() - startedAt,
  };
}

/** By `node:http`, as `fetch` names the host of the URL and no other. */
function exchange(url: URL, { headers, body }: SignedPost) {
  return new Promise<{ status: number; retryAfter: string | null }>((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, async (answer) => {
      await buffer(answer).catch(reject);
      const retryAfter = answer.headers['retry-after'] ?? null;
      resolve({ status: answer.statusCode ?? 0, retryAfter });
    });
    sent.on('error', reject).end(body);
  });
}
