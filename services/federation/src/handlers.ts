import type { ServedQueue } from '@artdag/roles';
import type { FederationConfig } from './config.ts';
import type { FederationContext } from './context.ts';
import { deliverActivityHandler } from './jobs/deliver-activity.ts';
import { fanOutActivityHandler } from './jobs/fan-out-activity.ts';
import { fetchPictureHandler } from './jobs/fetch-picture.ts';
import { processInboxActivityHandler } from './jobs/process-inbox-activity.ts';
import { refreshActorHandler } from './jobs/refresh-actor.ts';
import { resolveActorHandler } from './jobs/resolve-actor.ts';
import { resolveFollowerHandler } from './jobs/resolve-follower.ts';
import { resolveObjectHandler } from './jobs/resolve-object.ts';

/** Every queue that a federation worker serves. */
export function createHandlers(
  context: FederationContext,
  config: FederationConfig,
): readonly ServedQueue[] {
  const deliveries = config.deliveryConcurrency;
  return [
    { handler: fanOutActivityHandler(context) },
    { handler: deliverActivityHandler(context, deliveries), concurrency: deliveries },
    { handler: processInboxActivityHandler(context), concurrency: config.concurrency },
    { handler: refreshActorHandler(context) },
    { handler: resolveActorHandler(context) },
    { handler: resolveFollowerHandler(context) },
    { handler: resolveObjectHandler(context) },
    { handler: fetchPictureHandler(context) },
  ];
}
