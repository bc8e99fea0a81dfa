import { hostOfIri } from '@artdag/registry';
import { checkHttpSignature, type RequestHead, readHttpSignature } from '@artdag/signatures';
import type { ReceivedActivityRepository } from '@artdag/store';
import type { BackPressure } from './back-pressure.ts';
import type { EnqueueGroup } from './enqueue-group.ts';
import { isInboxMediaType } from './inbox-media-type.ts';
import { type InboxOutcome, refusePost, refuseSignature } from './inbox-outcome.ts';
import type { PeerKeys } from './peer-keys.ts';
import type { RateLimit } from './rate-limit.ts';
import { readActivity } from './read-activity.ts';
import { readFollowersClaim } from './read-followers-claim.ts';
import { findAuthorFault } from './verify-author.ts';
import { verifySigner } from './verify-signer.ts';

/** The largest activity that is taken, in bytes. */
export const MAX_ACTIVITY_BYTES = 256 * 1024;

/** A post to an inbox, as it came. */
export interface InboxPost {
  /** Whose inbox; null for the shared one. */
  readonly username: string | null;
  readonly contentType: string | undefined;
  readonly body: Buffer;
  readonly head: RequestHead;
  /** Address of the peer's end of the connection. */
  readonly address: string;
}

/** What the decision works with. */
export interface ReceiveContext {
  readonly received: Pick<ReceivedActivityRepository, 'insert' | 'idOf'>;
  readonly isBlocked: (host: string) => Promise<boolean>;
  readonly hasUser: (username: string) => Promise<boolean>;
  readonly isKnownActor: (actorIri: string) => Promise<boolean>;
  readonly peerKeys: PeerKeys;
  readonly backPressure: Pick<BackPressure, 'isHigh'>;
  /** Posts of one host, known by its signature. */
  readonly posts: RateLimit;
  readonly queue: Pick<EnqueueGroup, 'add'>;
  readonly now: () => Date;
}

/**
 * Decides about one post to an inbox, from cheap to dear, and stores what is accepted. Each refusal
 * returns; the one write stands before the end, and nothing is answered with 202 without it.
 *
 * A post sent again has the same id, so the unique id also stops replays.
 */
export async function receiveActivity(
  post: InboxPost,
  context: ReceiveContext,
): Promise<InboxOutcome> {
  const { username, head, body, address } = post;
  const now = context.now();

  if (body.length > MAX_ACTIVITY_BYTES) return refusePost('body-too-large');
  if (!isInboxMediaType(post.contentType)) return refusePost('media-type');

  const activity = readActivity(body);
  if (activity.kind === 'refused') return activity;
  const { activityIri, type, actorIri, host } = activity;

  if (await context.isBlocked(host)) return refusePost('host-blocked');
  if (username !== null && !(await context.hasUser(username))) return refusePost('inbox-unknown');
  if (context.backPressure.isHigh()) return refusePost('server-busy');
  if (isNewsOfActor(type) && !(await context.isKnownActor(actorIri))) return { kind: 'dropped' };

  const read = readHttpSignature(head);
  if (!read.ok) return refuseSignature(read);
  const fault = checkHttpSignature(head, read.signature, { now, body });
  if (fault) return refuseSignature(fault);

  const senderHost = hostOfIri(read.signature.keyId);
  if (senderHost === undefined) return refusePost('key-unavailable');
  if (senderHost !== host && (await context.isBlocked(senderHost)))
    return refusePost('host-blocked');
  const verdict = await verifySigner(read.signature, address, context.peerKeys);
  if (verdict.kind === 'refused') return verdict;
  const retryAfter = context.posts.take(senderHost);
  if (retryAfter > 0) return refusePost('sender-limited', { retryAfter });

  const { signer } = verdict;
  const { peerKeys } = context;
  const authorFault = await findAuthorFault(activity, { signer, address, peerKeys, now });
  if (authorFault) return authorFault;
  if (!isSameOrigin(activityIri, actorIri)) return refusePost('id-elsewhere');

  const isOwn = signer.actorIri === actorIri;
  const followersClaim = isOwn ? readFollowersClaim(head, read.signature, actorIri) : undefined;
  const stored = await context.received.insert({
    activityIri,
    type,
    actorIri,
    host,
    username,
    body: activity.text,
    receivedAt: now,
    ...(followersClaim && { followersClaim }),
  });
  if (stored === 'duplicate') return { kind: 'duplicate' };
  context.queue.add(context.received.idOf(activityIri));
  return { kind: 'accepted' };
}

/** Of actors that are not known here these are of no interest, and their keys are often gone. */
function isNewsOfActor(type: string): boolean {
  return type === 'Delete' || type === 'Update';
}

function isSameOrigin(a: string, b: string): boolean {
  return new URL(a).origin === new URL(b).origin;
}
