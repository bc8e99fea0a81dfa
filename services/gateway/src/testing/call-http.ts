import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a request carries. */
export interface Call {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value that is sent as JSON. */
  readonly json?: unknown;
  /** A body that is sent as it is, with the content type of `headers`. */
  readonly body?: string | Buffer;
}

/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON. */
  json(): unknown;
}

/** One request whose path goes out byte by byte as it is, which `fetch` does not allow. */
export function callHttp(
  base: string,
  method: string,
  path: string,
  call: Call = {},
): Promise<HttpAnswer> {
  const body = call.json === undefined ? call.body : JSON.stringify(call.json);
  const headers = {
    ...(call.json !== undefined && { 'content-type': 'application/json' }),
    ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
    ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    ...call.headers,
  };
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(path).toString('latin1');
    const sent = request({ hostname, port, method, path: bytes, headers, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      text(response).then((answer) => {
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, text: answer, json: () => JSON.parse(answer) });
      }, reject);
    });
    sent.end(body);
  });
}
