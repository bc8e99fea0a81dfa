import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify, LogController } from 'fastify';
import type { GatewayContext } from './context.ts';
import { authentication } from './plugins/authentication.ts';
import { clientErrors } from './plugins/client-errors.ts';
import { crossSite } from './plugins/cross-site.ts';
import { jsonBody } from './plugins/json-body.ts';
import { createMethodGuard } from './plugins/method-not-allowed.ts';
import { openapi } from './plugins/openapi.ts';
import { pages } from './plugins/pages.ts';
import { plainQuery } from './plugins/plain-query.ts';
import { answerError, problemDetails } from './plugins/problem-details.ts';
import { promptClose } from './plugins/prompt-close.ts';
import { requestLog } from './plugins/request-log.ts';
import { requestTrace } from './plugins/request-trace.ts';
import { accountPageRoutes } from './routes/account-pages.ts';
import { activityRoutes } from './routes/activities.ts';
import { adminCheckRoutes } from './routes/admin-checks.ts';
import { adminFailureRoutes } from './routes/admin-failures.ts';
import { adminQueueRoutes } from './routes/admin-queues.ts';
import { adminUserRoutes } from './routes/admin-users.ts';
import { appearanceRoutes } from './routes/appearance.ts';
import { authRoutes } from './routes/auth.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { feedRoutes } from './routes/feeds.ts';
import { healthRoutes } from './routes/health.ts';
import { homeRoutes } from './routes/home.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { informationRoutes } from './routes/information.ts';
import { inviteRoutes } from './routes/invites.ts';
import { jwtKeyRoutes } from './routes/jwt-keys.ts';
import { loginRoutes } from './routes/login.ts';
import { loginFormRoutes } from './routes/login-form.ts';
import { logoutFormRoutes } from './routes/logout-form.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { moderationReceivedRoutes } from './routes/moderation-received.ts';
import { moderationReportRoutes } from './routes/moderation-reports.ts';
import { objectRoutes } from './routes/objects.ts';
import { operatorPageRoutes } from './routes/operator-pages.ts';
import { peerPageRoutes } from './routes/peer-pages.ts';
import { pictureRoutes } from './routes/pictures.ts';
import { provenanceRoutes } from './routes/provenance.ts';
import { provenancePictureRoutes } from './routes/provenance-picture.ts';
import { recordRunRoutes } from './routes/record-run.ts';
import { registerFormRoutes } from './routes/register-form.ts';
import { registerWorkRoutes } from './routes/register-work.ts';
import { registryRoutes } from './routes/registry.ts';
import { runRoutes } from './routes/runs.ts';
import { scriptRoutes } from './routes/scripts.ts';
import { searchRoutes } from './routes/search.ts';
import { setupRoutes } from './routes/setup.ts';
import { shareRoutes } from './routes/share.ts';
import { staticFileRoutes } from './routes/static-files.ts';
import { tokenPageRoutes } from './routes/token-pages.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { userActRoutes } from './routes/user-acts.ts';
import { userPageRoutes } from './routes/user-pages.ts';
import { userRoutes } from './routes/users.ts';
import { verifyRoutes } from './routes/verify.ts';
import { verifyTokenRoutes } from './routes/verify-token.ts';
import { workListRoutes } from './routes/works.ts';
import { VERSION } from './version.ts';

const MAX_BODY_BYTES = 256 * 1024;
const MAX_PARAM_CHARACTERS = 8192;
const REQUEST_TIMEOUT_MS = 30_000;
/** While a store hangs, clients hear a 503 in this time; what a late write has done is found when they try again. */
const HANDLER_TIMEOUT_MS = 8000;

/** The gateway's HTTP face, not yet listening. */
export async function createApp(context: GatewayContext) {
  const { metrics, tracing } = context;
  const { trustedProxies } = context.config;
  const app = fastify({
    loggerInstance: context.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: HANDLER_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS },
    frameworkErrors: answerError,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  await app.register(promptClose);
  const { collectMethods, refuseOtherMethods } = createMethodGuard();
  await app.register(collectMethods);
  await app.register(pages, context);
  await app.register(problemDetails);
  await app.register(clientErrors);
  if (tracing) await app.register(requestTrace, { tracing });
  await app.register(requestLog, { metrics });
  // Before what only answers to people need: peers read nothing but the status.
  await app.register(inboxRoutes(context));
  await app.register(helmet, {
    // Documents here are public, and sceptics read them from pages of other origins.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Without a referrer, browsers hide the origin of our own forms from us too.
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  });
  await app.register(plainQuery);
  await app.register(jsonBody);
  await app.register(crossSite);
  await app.register(authentication);
  await app.register(openapi, { publicUrl: context.config.publicUrl, version: VERSION });
  const routes = [
    homeRoutes,
    authRoutes,
    loginRoutes,
    loginFormRoutes,
    registerFormRoutes,
    tokenRoutes,
    verifyTokenRoutes,
    logoutFormRoutes,
    recordRunRoutes,
    registryRoutes,
    provenanceRoutes,
    objectRoutes,
    activityRoutes,
    userRoutes,
    userActRoutes,
    discoveryRoutes,
    inviteRoutes,
    jwtKeyRoutes,
    moderationRoutes,
    adminCheckRoutes,
    moderationReceivedRoutes,
    moderationReportRoutes,
    adminQueueRoutes,
    adminFailureRoutes,
    adminUserRoutes,
    accountPageRoutes,
    tokenPageRoutes,
    registerWorkRoutes,
    operatorPageRoutes,
    peerPageRoutes,
    setupRoutes,
    scriptRoutes,
    verifyRoutes,
    workListRoutes,
    feedRoutes,
    shareRoutes,
    provenancePictureRoutes,
    pictureRoutes,
    runRoutes,
    userPageRoutes,
    searchRoutes,
    informationRoutes,
    appearanceRoutes,
    staticFileRoutes,
    healthRoutes,
  ];
  for (const route of routes) await app.register(route(context));
  await app.register(refuseOtherMethods);
  return app;
}
