import type { FastifyReply } from 'fastify';
import type { Publication } from '../commands/publish-activity.ts';
import type { GatewayContext } from '../context.ts';

/** Answers a command that publishes: 200 with the signed activity, or 202 while it is not signed yet. */
export function sendPublication(
  reply: FastifyReply,
  publication: Publication | undefined,
  { iris }: Pick<GatewayContext, 'iris'>,
) {
  const { activityId, activity } = publication ?? {};
  if (activityId !== undefined && !activity)
    reply.code(202).header('location', iris.activity(activityId));
  return reply
    .type('application/json; charset=utf-8')
    .send(
      `{"activity_id":${JSON.stringify(activityId ?? null)},"activity":${activity?.text ?? 'null'}}`,
    );
}
