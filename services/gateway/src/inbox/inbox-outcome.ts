import type { ErrorCode } from '@artdag/errors';
import type { HttpSignatureFault, HttpSignatureReason } from '@artdag/signatures';

/** Everything for which a post to an inbox is refused: also the label of its metric. */
export type InboxRefusal =
  | HttpSignatureReason
  | 'body-too-large'
  | 'media-type'
  | 'json-malformed'
  | 'activity-malformed'
  | 'host-blocked'
  | 'inbox-unknown'
  | 'server-busy'
  | 'key-unavailable'
  | 'key-pending'
  | 'sender-limited'
  | 'signer-not-actor'
  | 'proof-invalid'
  | 'id-elsewhere'
  | 'store-unavailable';

/** A post that was turned away; nothing of it is kept. */
export interface RefusedPost {
  readonly kind: 'refused';
  readonly reason: InboxRefusal;
  readonly code: ErrorCode;
  readonly detail: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What becomes of a post to an inbox. All but `refused` are answered with 202. */
export type InboxOutcome =
  | { readonly kind: 'accepted' }
  /** It was stored before: nothing happens a second time. */
  | { readonly kind: 'duplicate' }
  /** It cannot concern anybody here. */
  | { readonly kind: 'dropped' }
  | RefusedPost;

type Refusal = readonly [code: ErrorCode, detail: string, retryAfter?: number];

const REFUSALS: Readonly<Record<Exclude<InboxRefusal, HttpSignatureReason>, Refusal>> = {
  'body-too-large': ['too-large', 'An activity may have 256 KB.'],
  'media-type': ['unsupported-media-type', 'An inbox takes application/activity+json.'],
  'json-malformed': ['malformed-request', 'The body is no JSON that is read here.'],
  'activity-malformed': ['malformed-request', 'The body is no activity that is read here.'],
  'host-blocked': ['forbidden', 'This server takes nothing from that host.'],
  'inbox-unknown': ['not-found', 'No user has this inbox.'],
  'server-busy': ['unavailable', 'Too much waits here: try again later.', 60],
  'key-unavailable': ['unauthenticated', 'The key of the signature cannot be had.'],
  'key-pending': ['unavailable', 'The key of the signature is not here yet: try again.', 30],
  'sender-limited': ['rate-limited', 'Too many posts: try again later.'],
  'signer-not-actor': ['unauthenticated', 'The signer is not the actor, who has proven nothing.'],
  'proof-invalid': ['unauthenticated', 'The proof of the activity does not verify.'],
  'id-elsewhere': ['unauthenticated', 'The id of the activity is not on the origin of its actor.'],
  'store-unavailable': ['unavailable', 'The store does not answer: try again soon.', 5],
};

/** Turns a post away; `more` says what exactly is wrong, or after how many seconds to try again. */
export function refusePost(
  reason: keyof typeof REFUSALS,
  more: { readonly detail?: string; readonly retryAfter?: number } = {},
): RefusedPost {
  const [code, sentence, usual] = REFUSALS[reason];
  const detail = more.detail === undefined ? sentence : `${sentence} (${more.detail})`;
  const retryAfter = more.retryAfter ?? usual;
  return { kind: 'refused', reason, code, detail, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Turns a post away for its signature. */
export function refuseSignature({ reason, component }: HttpSignatureFault): RefusedPost {
  const where = component === undefined ? '' : ` (${component})`;
  const detail = `The HTTP signature is not accepted: ${reason}${where}.`;
  return { kind: 'refused', reason, code: 'unauthenticated', detail };
}
