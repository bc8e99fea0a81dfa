import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { quantile } from '../measure/quantile.ts';
import type { SignedPost } from './presign.ts';

/** How posts were answered. Latencies are in milliseconds. */
export interface PostResult {
  readonly seconds: number;
  readonly accepted: number;
  readonly refused: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends every post once over `connections` connections, each as soon as the one before is answered. */
export function postAll(
  url: string,
  posts: readonly SignedPost[],
  connections: number,
): Promise<PostResult> {
  const queue = posts[Symbol.iterator]();
  return measurePosts(posts, connections, (send) =>
    Promise.all(
      Array.from({ length: connections }, async () => {
        for (const post of queue) await send(url, post);
      }),
    ),
  );
}

/** Sends `perSecond` posts a second, whether or not those before are answered. */
export function postSteadily(
  url: string,
  posts: readonly SignedPost[],
  perSecond: number,
): Promise<PostResult> {
  return measurePosts(posts, perSecond, async (send) => {
    const sent: Promise<void>[] = [];
    for (const post of posts) {
      sent.push(send(url, post));
      await delay(1000 / perSecond);
    }
    await Promise.all(sent);
  });
}

type Send = (url: string, post: SignedPost) => Promise<void>;

async function measurePosts(
  posts: readonly SignedPost[],
  connections: number,
  sendAll: (send: Send) => Promise<unknown>,
): Promise<PostResult> {
  await using agent = disposable(new Agent({ connections, pipelining: 1 }));
  const latencies: number[] = [];
  let accepted = 0;

  const send: Send = async (url, post) => {
    const start = performance.now();
    const response = await request(url, { method: 'POST', ...post, dispatcher: agent.value });
    await response.body.dump();
    latencies.push(performance.now() - start);
    if (response.statusCode < 300) accepted += 1;
  };
  const start = performance.now();
  await sendAll(send);
  const seconds = (performance.now() - start) / 1000;
  return {
    seconds,
    accepted,
    refused: posts.length - accepted,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

function disposable(value: Agent) {
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
