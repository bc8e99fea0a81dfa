import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** A post of JSON to a service of our own. */
export interface JsonPost {
  readonly url: URL;
  readonly agent: Agent;
  readonly secret: string;
  readonly body: unknown;
  readonly timeoutMs: number;
  /** Bytes of an answer that is still read. */
  readonly maxBytes: number;
}

/** Posts JSON under a bearer secret; rejects where no whole answer comes in time. */
export async function postJson(post: JsonPost): Promise<{ status: number; body: string }> {
  const { url, agent, secret, timeoutMs, maxBytes } = post;
  const text = JSON.stringify(post.body);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = send(url, {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    },
    signal: AbortSignal.timeout(timeoutMs),
  });
  request.once('response', resolve).on('error', reject).end(text);
  const response = await promise;
  return { status: response.statusCode ?? 0, body: await readText(response, maxBytes) };
}

async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
