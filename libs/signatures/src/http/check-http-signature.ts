import { verifyContentDigest, verifyDigest } from './content-digest.ts';
import { type HttpSignature, type HttpSignatureFault, refuse } from './http-signature.ts';
import { getHeader, isAddressedToOrigin, type RequestHead, splitTarget } from './request-head.ts';

/** What {@link checkHttpSignature} checks against. */
export interface HttpSignatureChecks {
  readonly now: Date;
  /** The body as received, byte for byte; `undefined` for a request without one. */
  readonly body?: Uint8Array | undefined;
  /** Seconds that a signature is good for; 300 by default. */
  readonly maxAge?: number;
  /** Seconds that the clocks may differ, either way; 3600 by default. */
  readonly maxSkew?: number;
}

/**
 * Checks all that needs no key, from cheap to dear: what is covered, the host, the time window,
 * the digest of the body. Gives the first fault, or `undefined`.
 *
 * A signature must cover the method, the target, the host, a time of making and, where there is a
 * body, its digest; the query is optional by cavage alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-3.2.1
 */
export function checkHttpSignature(
  request: RequestHead,
  signature: HttpSignature,
  checks: HttpSignatureChecks,
): HttpSignatureFault | undefined {
  const missing = findMissing(request, signature, checks.body !== undefined);
  if (missing !== undefined) return refuse('missing-component', missing);
  if (!isAddressedToOrigin(request)) return refuse('wrong-host');
  return checkTime(signature, checks) ?? checkBody(request, signature, checks.body);
}

function findMissing(
  request: RequestHead,
  signature: HttpSignature,
  hasBody: boolean,
): string | undefined {
  const isRfc9421 = signature.scheme === 'rfc9421';
  const required = isRfc9421 ? requireRfc9421(request, signature) : ['(request-target)', 'host'];
  if (hasBody) required.push(isRfc9421 ? 'content-digest' : 'digest');
  const missing = required.find((name) => !signature.covered.has(name));
  if (missing !== undefined) return missing;
  if (signature.createdTimes.length > 0) return undefined;
  return isRfc9421 ? 'created' : 'date';
}

function requireRfc9421({ target }: RequestHead, { covered }: HttpSignature): string[] {
  if (covered.has('@target-uri')) return ['@method'];
  const required = ['@method', '@authority'];
  if (covered.has('@request-target')) return required;
  return [...required, '@path', ...(splitTarget(target).query === '' ? [] : ['@query'])];
}

function checkTime(
  { createdTimes, expires }: HttpSignature,
  { now, maxAge = 300, maxSkew = 3600 }: HttpSignatureChecks,
): HttpSignatureFault | undefined {
  const seconds = now.getTime() / 1000;
  if (createdTimes.some((created) => created > seconds + maxSkew)) return refuse('not-yet-valid');
  const ends = createdTimes.map((created) => created + maxAge);
  if (expires !== undefined) ends.push(expires);
  return Math.min(...ends) < seconds - maxSkew ? refuse('expired') : undefined;
}

function checkBody(
  { headers }: RequestHead,
  { scheme }: HttpSignature,
  body: Uint8Array | undefined,
): HttpSignatureFault | undefined {
  if (body === undefined) return undefined;
  const verdict =
    scheme === 'rfc9421'
      ? verifyContentDigest(getHeader(headers, 'content-digest') ?? '', body)
      : verifyDigest(getHeader(headers, 'digest') ?? '', body);
  return verdict === 'ok' ? undefined : refuse(verdict);
}
