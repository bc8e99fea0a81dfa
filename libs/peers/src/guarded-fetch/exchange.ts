import type { HttpHeaders } from '@artdag/signatures';
import type { Dispatcher } from 'undici';
import { BlockedAddressError } from './blocked-address-error.ts';
import { type FetchFailure, failFetch } from './fetch-result.ts';
import type { OutgoingHeaders } from './outgoing-headers.ts';

/** One request on the wire. */
export interface ExchangeRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: OutgoingHeaders;
  readonly body?: Uint8Array;
  /** Milliseconds left for all of it: waiting for a connection, DNS, TLS, head and body. */
  readonly timeLeftMs: number;
  readonly maxBytes: number;
  /** Whether the result is there with the head; the rest is read and dropped so that the connection can be used again. */
  readonly dropsBody: boolean;
}

/** One answer on the wire. */
export interface ExchangeAnswer {
  readonly ok: true;
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
}

/**
 * Sends one request and reads one answer, following nothing.
 *
 * A handler of undici's own, because its `request()` cannot give up a request that still waits for
 * a connection. One given up so is never sent later.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
): Promise<ExchangeAnswer | FetchFailure> {
  return new Promise((resolve) => {
    const { url, method, headers, body } = request;
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      },
      new ExchangeHandler(request, resolve),
    );
  });
}

class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest;
  readonly #resolve: (result: ExchangeAnswer | FetchFailure) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #failure: FetchFailure | undefined;
  #status = 0;
  #headers: HttpHeaders = {};
  #size = 0;

  constructor(request: ExchangeRequest, resolve: (result: ExchangeAnswer | FetchFailure) => void) {
    this.#request = request;
    this.#resolve = resolve;
    const giveUp = () => this.#giveUp(failFetch('timeout', 'no whole answer within the time'));
    this.#timer = setTimeout(giveUp, request.timeLeftMs);
  }

  /** Throwing keeps the connection for the next in line, where `abort` would destroy it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#failure) throw new Error(this.#failure.reason);
    this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: HttpHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (this.#request.dropsBody) this.#succeed();
    else this.#checkHead(headers);
  }

  #checkHead(headers: HttpHeaders): void {
    const { 'content-encoding': encoding, 'content-length': length } = headers;
    if (encoding !== undefined && encoding !== 'identity') {
      this.#giveUp(failFetch('encoded', `the answer is encoded by ${encoding}`));
    } else if (Number(length) > this.#request.maxBytes) {
      this.#giveUp(this.#tooLarge());
    }
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#request.maxBytes) this.#giveUp(this.#tooLarge());
    else if (!this.#request.dropsBody) this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    this.#succeed();
  }

  onResponseError(_: unknown, error: Error): void {
    clearTimeout(this.#timer);
    this.#resolve(this.#failure ?? describeError(error));
  }

  /** A promise settles once: of a success and what follows it, the first stands. */
  #succeed(): void {
    const body = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#resolve({
      ok: true,
      status: this.#status,
      headers: this.#headers,
      body: body ?? Buffer.alloc(0),
    });
  }

  #giveUp(failure: FetchFailure): void {
    clearTimeout(this.#timer);
    this.#failure = failure;
    this.#resolve(failure);
    this.#controller?.abort(new Error(failure.reason));
  }

  #tooLarge(): FetchFailure {
    return failFetch('too-large', `the answer is larger than ${this.#request.maxBytes} bytes`);
  }
}

const timeouts = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

function describeError(error: Error): FetchFailure {
  if (error instanceof BlockedAddressError) return failFetch('blocked-address', error.message);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return failFetch(timeouts.has(code) ? 'timeout' : 'network', `${code}: ${error.message}`);
}
