import { Agent, request } from 'undici';
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
export async function postAll(
  url: string,
  posts: readonly SignedPost[],
  connections: number,
): Promise<PostResult> {
  await using agent = disposable(new Agent({ connections, pipelining: 1 }));
  const latencies: number[] = [];
  const queue = posts[Symbol.iterator]();
  let accepted = 0;

  async function worker() {
    for (const post of queue) {
      const start = performance.now();
      const response = await request(url, { method: 'POST', ...post, dispatcher: agent.value });
      await response.body.dump();
      latencies.push(performance.now() - start);
      if (response.statusCode < 300) accepted += 1;
    }
  }
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    seconds,
    accepted,
    refused: posts.length - accepted,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
}

function disposable(value: Agent) {
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
