import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A post that a sink got. */
export interface ReceivedPost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How a sink answers a post: with a status, or as the test wants. */
export type SinkAnswer =
  | number
  | ((response: ServerResponse, post: ReceivedPost, index: number) => void);

/** A peer's inbox on loopback. */
export interface Sink extends AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly inbox: string;
  readonly posts: ReceivedPost[];
  answer: SinkAnswer;
}

/** Starts an inbox that answers 202 unless told. */
export async function startSink(answer: SinkAnswer = 202): Promise<Sink> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const post = { path: request.url ?? '', headers: request.headers, body };
    const index = sink.posts.push(post) - 1;
    if (typeof sink.answer === 'number') response.writeHead(sink.answer).end();
    else sink.answer(response, post, index);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sink: Sink = {
    host,
    inbox: `http://${host}/inbox`,
    posts: [],
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sink;
}
