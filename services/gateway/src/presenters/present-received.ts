import type { FailedActivity } from '@artdag/store';

/** A received activity that was set aside, in wire spelling. */
export function presentReceived({ failure, ...received }: FailedActivity) {
  return {
    id: received.receivedId,
    activity: received.activityIri,
    type: received.type,
    actor: received.actorIri,
    host: received.host,
    inbox_of: received.username,
    received_at: received.receivedAt.toISOString(),
    failed_at: failure.at.toISOString(),
    reason: failure.reason,
  };
}
