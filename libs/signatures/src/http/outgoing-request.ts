import { AppError } from '@artdag/errors';
import type { HttpHeaders, RequestHead } from './request-head.ts';

const keyIdPattern = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** A request to be signed. */
export interface OutgoingRequest {
  /** Upper case, `POST`. */
  readonly method: string;
  /** Absolute, in the form of the WHATWG URL standard, and the one that is then requested. */
  readonly url: string;
  /** The very bytes that are sent. */
  readonly body?: Uint8Array;
  readonly contentType?: string;
  /** More header fields to cover, by lower-case name; the caller sends them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** IRI of the key: printable ASCII without quotes. */
  readonly keyId: string;
  readonly keyType: 'rsa' | 'ed25519';
  /** When the signature is made. */
  readonly time: Date;
}

/** The head of an outgoing request with the given header fields. */
export function toRequestHead(request: OutgoingRequest, headers: HttpHeaders): RequestHead {
  const { origin, pathname, search } = new URL(request.url);
  return { method: request.method, target: `${pathname}${search}`, origin, headers };
}

/**
 * A key's IRI in quotes.
 *
 * @throws AppError `validation-failed` where it would need escapes.
 */
export function quoteKeyId(keyId: string): string {
  if (!keyIdPattern.test(keyId)) {
    throw new AppError('validation-failed', 'A key id must be printable ASCII without quotes.');
  }
  return `"${keyId}"`;
}

/** Whole seconds since 1970. */
export function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
