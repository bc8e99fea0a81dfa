import { AppError } from '@artdag/errors';
import { findContract, JOB_STATES, type QueueContract } from '@artdag/queues';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { actOnJob, actOnQueue, JOB_ACTIONS, QUEUE_ACTIONS } from '../commands/act-on-queue.ts';
import { describeQueues, type QueueOverview } from '../commands/describe-queues.ts';
import type { GatewayContext } from '../context.ts';
import { renderQueuePage } from '../pages/operator/queue-page.ts';
import { renderQueuesPage } from '../pages/operator/queues-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { admitOperators } from '../plugins/admit-operators.ts';
import { requireOperator } from '../plugins/authentication.ts';
import { presentJob, presentQueue } from '../presenters/present-queue.ts';
import { formTokenFor, showPage, textOf } from '../presenters/show-page.ts';
import {
  ActAnswer,
  JobActAnswer,
  JobDetailAnswer,
  JobList,
  JobStateName,
  QueueAnswer,
  QueueList,
} from './admin-schemas.ts';
import { readLimit } from './list-query.ts';
import { operatorRoute } from './operator-route.ts';

const QueueParams = Type.Object({ name: Type.String({ maxLength: 64 }) });
const JobParams = Type.Object({ ...QueueParams.properties, work: Type.String({ maxLength: 900 }) });
const JobQuery = Type.Object({
  state: Type.Optional(JobStateName),
  limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: '1 to 1000' })),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' })),
});

const SHOWN_JOBS = 50;

/** `/admin/queues`: what operators see of the queues and do with them. */
export function adminQueueRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  const { inspector } = context;
  const setting = createPageSetting(context.config);
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    admitOperators(app, context);

    app.get(
      '/admin/queues',
      {
        preHandler: showPage(async () => renderQueuesPage(await describeQueues(context), setting)),
        schema: operatorRoute(
          'Every queue: depth, age of the oldest waiting job, workers, failures',
          QueueList,
          {},
        ),
      },
      async () => ({ queues: (await describeQueues(context)).map(presentQueue) }),
    );

    app.get(
      '/admin/queues/:name',
      {
        preHandler: showPage(async (request) => {
          const jobState =
            JOB_STATES.find((state) => state === textOf(request.query, 'state')) ?? 'failed';
          const queue = await findQueue(textOf(request.params, 'name') ?? '', context);
          const range = { start: 0, limit: SHOWN_JOBS };
          const { jobs } = await inspector.listJobs(known(queue.name), jobState, range);
          return renderQueuePage(
            { queue, jobState, jobs, formToken: formTokenFor(request) },
            setting,
          );
        }),
        schema: operatorRoute('One queue', QueueAnswer, { params: QueueParams }),
      },
      async (request) => {
        return presentQueue(await findQueue(request.params.name, context));
      },
    );

    app.post(
      '/admin/queues/:name',
      {
        schema: {
          hide: true,
          params: QueueParams,
          body: Type.Object({ action: Type.Enum(QUEUE_ACTIONS) }),
        },
      },
      async (request, reply) => {
        const { username: operator } = requireOperator(request);
        const contract = known(request.params.name);
        await actOnQueue({ operator, contract, action: request.body.action }, context);
        return reply.redirect(`/admin/queues/${contract.name}`, 303);
      },
    );

    app.get(
      '/admin/queues/:name/jobs',
      {
        schema: operatorRoute(
          'Jobs of a queue in one state, failed ones unless it is said; ids only',
          JobList,
          { params: QueueParams, querystring: JobQuery },
        ),
      },
      async (request) => {
        const { state = 'failed', limit, cursor = '0' } = request.query;
        const range = { start: Number(cursor), limit: readLimit(limit) };
        const page = await inspector.listJobs(known(request.params.name), state, range);
        const end = range.start + page.jobs.length;
        const isLast = page.jobs.length === 0 || end >= page.total;
        return {
          jobs: page.jobs.map(presentJob),
          total: page.total,
          next: isLast ? null : String(end),
        };
      },
    );

    app.get(
      '/admin/queues/:name/jobs/:work',
      {
        schema: operatorRoute(
          'The job for one work, with its tries and why it failed',
          JobDetailAnswer,
          { params: JobParams },
        ),
      },
      async (request) => {
        const job = await inspector.findJob(known(request.params.name), request.params.work);
        if (!job) throw new AppError('not-found', 'There is no job for this work.');
        return { ...presentJob(job), state: job.state };
      },
    );

    for (const action of QUEUE_ACTIONS) {
      app.post(
        `/admin/queues/:name/${action}`,
        {
          schema: operatorRoute(SUMMARIES[action], ActAnswer, { params: QueueParams }),
        },
        async (request) => {
          const { username: operator } = requireOperator(request);
          const contract = known(request.params.name);
          await actOnQueue({ operator, contract, action }, context);
          return { queue: contract.name, action };
        },
      );
    }

    for (const action of JOB_ACTIONS) {
      app.post(
        `/admin/queues/:name/jobs/:work/${action}`,
        {
          schema: operatorRoute(SUMMARIES[action], JobActAnswer, { params: JobParams }),
        },
        async (request) => {
          const { username: operator } = requireOperator(request);
          const contract = known(request.params.name);
          const workId = request.params.work;
          await actOnJob({ operator, contract, action, workId }, context);
          return { queue: contract.name, action, work_id: workId };
        },
      );
    }
  };
}

const SUMMARIES = {
  pause: 'Let the workers of a queue take no more jobs',
  resume: 'Let the workers of a queue go on',
  retry: 'Promise work again that was given up',
  promote: 'Run work now that waits for its time',
  drop: 'Give work up for good',
} as const;

async function findQueue(asked: string, context: GatewayContext): Promise<QueueOverview> {
  const { name } = known(asked);
  const found = (await describeQueues(context)).find((queue) => queue.name === name);
  if (found) return found;
  throw unknownQueue();
}

function known(name: string): QueueContract {
  const contract = findContract(name);
  if (contract) return contract;
  throw unknownQueue();
}

function unknownQueue(): AppError {
  return new AppError('not-found', 'There is no queue of this name: GET /admin/queues lists them.');
}
