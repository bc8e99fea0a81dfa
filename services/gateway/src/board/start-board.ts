import { AppError, isAppError } from '@artdag/errors';
import { openBoardQueues } from '@artdag/queues';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify';
import type { BoardConfig } from '../config.ts';
import type { GatewayContext } from '../context.ts';
import { authentication } from '../plugins/authentication.ts';
import { pages } from '../plugins/pages.ts';
import { answerError, problemDetails } from '../plugins/problem-details.ts';
import { promptClose } from '../plugins/prompt-close.ts';
import { staticFileRoutes } from '../routes/static-files.ts';
import { limitActs, noteActs } from './board-acts.ts';
import { boardLoginRoutes } from './board-login.ts';
import { cleanBoardPage } from './board-page.ts';
import { admitOperator } from './board-session.ts';

const HANDLER_TIMEOUT_MS = 8000;

/** A board that listens. */
export interface Board extends AsyncDisposable {
  readonly address: string;
}

/**
 * Starts the board of raw jobs on a listener of its own, for operators.
 *
 * @throws AppError `start-failed` where the port is in use.
 */
export async function startBoard(config: BoardConfig, context: GatewayContext): Promise<Board> {
  await using parts = new AsyncDisposableStack();
  const { redisUrl, queuePrefix: prefix } = context.config;
  const board = new FastifyAdapter();
  const readOnlyMode = !config.isWritable;
  const adapters = parts.use(openBoardQueues({ redisUrl, prefix })).queues.map((each) => {
    const adapter = new BullMQAdapter(each.queue, { readOnlyMode });
    adapter.setFormatter('data', each.showPayload);
    return adapter;
  });
  const miscLinks = [{ text: 'Log out', url: '/logout' }];
  const uiConfig = { boardTitle: 'Art DAG L2', hideRedisDetails: true, miscLinks };
  createBullBoard({ queues: adapters, serverAdapter: board, options: { uiConfig } });
  board.setErrorHandler((error) => hideError(error, context));
  const app = await createBoardApp(board, config, context);
  parts.defer(() => app.close());
  const address = await listen(app, config);
  context.logger.info({ host: config.host, port: config.port }, 'board ready');
  const started = parts.move();
  return { address, [Symbol.asyncDispose]: () => started.disposeAsync() };
}

async function createBoardApp(
  board: FastifyAdapter,
  { isWritable }: BoardConfig,
  context: GatewayContext,
) {
  const app = fastify({
    loggerInstance: context.logger,
    logController: new LogController({ disableRequestLogging: true }),
    handlerTimeout: HANDLER_TIMEOUT_MS,
  });
  await app.register(promptClose);
  await app.register(pages, { ...context, isBare: true });
  await app.register(problemDetails);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  await app.register(authentication);
  await app.register(staticFileRoutes());
  await app.register(boardLoginRoutes(context));
  await app.register(async (scope) => {
    scope.addHook('onRequest', answering(admitOperator(context)));
    scope.addHook('onRequest', answering(limitActs(isWritable)));
    scope.addHook('onResponse', noteActs(context));
    scope.addHook('onSend', async (_request, reply, payload) => {
      const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
      return isPage && typeof payload === 'string' ? cleanBoardPage(payload) : payload;
    });
    await scope.register(board.registerPlugin());
  });
  return app;
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** The board turns whatever is thrown into a 500, so what is refused is answered before. */
function answering(hook: Hook): Hook {
  return async (request, reply) => {
    try {
      return await hook(request, reply);
    } catch (error) {
      if (isAppError(error)) return answerError(error, request, reply);
      throw error;
    }
  };
}

/** A 5xx tells nothing of what is inside. */
function hideError(error: Error, { logger }: GatewayContext) {
  logger.error({ err: error }, 'a request to the board failed');
  const body = { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' } };
  return { status: 500, body } as const;
}

type BoardApp = Awaited<ReturnType<typeof createBoardApp>>;

async function listen(app: BoardApp, { host, port }: BoardConfig): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw new AppError(
      'start-failed',
      `The board cannot use ${host}:${port}: set ARTDAG_BOARD_PORT to a free port.`,
      { cause },
    );
  }
}
