import { readCavageSignature } from './cavage.ts';
import { type ReadHttpSignature, refuse } from './http-signature.ts';
import { getHeader, type RequestHead } from './request-head.ts';
import { readRfc9421Signature } from './rfc9421.ts';

/**
 * Reads the signature of a request, so that its key can be found: by RFC 9421 where there is a
 * `Signature-Input`, else by draft-cavage-12.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#appendix-A
 */
export function readHttpSignature(request: RequestHead): ReadHttpSignature {
  if (!request.target.startsWith('/') || /[\s#]/.test(request.target)) {
    return refuse('signature-malformed');
  }
  const isRfc9421 = getHeader(request.headers, 'signature-input') !== undefined;
  return isRfc9421 ? readRfc9421Signature(request) : readCavageSignature(request);
}
