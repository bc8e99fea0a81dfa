/** What a code means to a client (`status`, `title`) and to a queue (`retry`). */
export interface CatalogEntry {
  /** HTTP status that the gateway answers with. */
  readonly status: number;
  /** Short, stable text for people (RFC 9457 `title`). */
  readonly title: string;
  /** Whether the same work may succeed later without a change of its input. */
  readonly retry: boolean;
}

/** Every failure that a client or an operator may meet, by its code. */
export const errorCatalog = {
  'malformed-request': { status: 400, title: 'Malformed request', retry: false },
  unauthenticated: { status: 401, title: 'Authentication needed', retry: false },
  'wrong-credentials': { status: 401, title: 'Wrong user name or password', retry: false },
  forbidden: { status: 403, title: 'Not allowed', retry: false },
  'not-found': { status: 404, title: 'Not found', retry: false },
  'method-not-allowed': { status: 405, title: 'Method not allowed', retry: false },
  'not-acceptable': { status: 406, title: 'Not acceptable', retry: false },
  conflict: { status: 409, title: 'Conflict', retry: false },
  gone: { status: 410, title: 'Gone', retry: false },
  'too-large': { status: 413, title: 'Content too large', retry: false },
  'uri-too-long': { status: 414, title: 'URI too long', retry: false },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type', retry: false },
  'validation-failed': { status: 422, title: 'The request is not valid', retry: false },
  'rate-limited': { status: 429, title: 'Too many requests', retry: true },
  'headers-too-large': { status: 431, title: 'Request header fields too large', retry: false },
  internal: { status: 500, title: 'Internal error', retry: true },
  unavailable: { status: 503, title: 'Temporarily unavailable', retry: true },
  'settings-invalid': { status: 500, title: 'Settings are not valid', retry: false },
  'start-failed': { status: 500, title: 'The server cannot start', retry: false },
  'key-exists': { status: 409, title: 'Keys exist already', retry: false },
  'key-missing': { status: 500, title: 'A key is missing', retry: true },
  'key-unusable': { status: 500, title: 'A key cannot be used', retry: false },
  'signature-mismatch': { status: 500, title: 'A signature does not verify', retry: true },
  'run-failed': { status: 422, title: 'The run has no output', retry: false },
  'run-unfinished': { status: 409, title: 'The run is not finished', retry: true },
  'l1-unusable': { status: 502, title: 'The L1 gave no usable answer', retry: true },
  'l1-slow': { status: 504, title: 'The L1 did not answer in time', retry: true },
  'json-invalid': { status: 400, title: 'Not valid JSON', retry: false },
  'payload-invalid': { status: 500, title: 'A job carries a wrong payload', retry: false },
} as const satisfies Record<string, CatalogEntry>;

/** The codes of {@link errorCatalog}. */
export type ErrorCode = keyof typeof errorCatalog;
