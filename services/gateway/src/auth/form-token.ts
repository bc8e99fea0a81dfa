import { createHmac, timingSafeEqual } from 'node:crypto';

/** Name of the form field that carries {@link formTokenOf}. */
export const FORM_TOKEN_FIELD = 'csrf_token';

/**
 * What a form carries to show that a page of ours made it: a MAC whose key is the session's own
 * token. Another site can neither read nor compute it, and no gateway has to remember it.
 */
export function formTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('form of this session').digest('base64url');
}

/** Whether a body carries the form token of the session. */
export function hasFormToken(body: unknown, sessionToken: string): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const given: unknown = Reflect.get(body, FORM_TOKEN_FIELD);
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(formTokenOf(sessionToken))];
  return a.length === b.length && timingSafeEqual(a, b);
}
