import type { FetchResult } from './fetch-result.ts';
import type { OutgoingHeaders } from './outgoing-headers.ts';

/** Makes the header fields that sign a request to `url`; called once for each hop. */
export type SignHop = (url: URL) => OutgoingHeaders | Promise<OutgoingHeaders>;

/** A request of a guarded fetch. */
export interface FetchRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: OutgoingHeaders;
  readonly body?: Uint8Array;
  /** Bytes of the answer's body, in place of the fetch's own limit. */
  readonly maxBytes?: number;
  /** Not called any more once a redirect has left the first origin. */
  readonly signHop?: SignHop;
}

/** Asks for one document. It does not throw, unless `signHop` does. */
export type Fetch = (request: FetchRequest) => Promise<FetchResult>;
