import { Pool } from 'undici';

/** When each wish was sent, by the name of its output, and how long its 202 took, in milliseconds. */
export interface RequestedRuns {
  readonly sentAt: ReadonlyMap<string, number>;
  readonly latencies: readonly number[];
  /** When the first was sent and the last was answered. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/**
 * Asks for `count` registrations, and for no answer but that they are kept, over some connections,
 * each as soon as the one before is answered.
 *
 * @throws Error where one is not answered by 202.
 */
export async function requestRuns(
  gatewayUrl: string,
  token: string,
  count: number,
  connections: number,
): Promise<RequestedRuns> {
  const pool = new Pool(gatewayUrl, { connections, pipelining: 1 });
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const numbers = Array.from({ length: count }, (_, number) => number)[Symbol.iterator]();

  async function send(number: number) {
    const name = `render-${number}`;
    const start = performance.now();
    sentAt.set(name, Date.now());
    const { statusCode, body } = await pool.request({
      path: '/registry/record-run',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        prefer: 'respond-async',
      },
      body: JSON.stringify({ run_id: `run-${number}`, output_name: name }),
    });
    const answer = await body.text();
    if (statusCode !== 202) throw new Error(`${name} was answered by ${statusCode}: ${answer}`);
    latencies.push(performance.now() - start);
  }
  const startedAt = Date.now();
  try {
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (const number of numbers) await send(number);
      }),
    );
  } finally {
    await pool.close();
  }
  return { sentAt, latencies, startedAt, endedAt: Date.now() };
}
