import fastifyPlugin from 'fastify-plugin';

const LOOK_EVERY_MS = 100;

/**
 * Lets a stop end with its last answer. A connection that is busy when the stop begins stays open
 * afterwards for the client's next request, over a minute long; so idle ones are closed until none
 * is left.
 */
export const promptClose = fastifyPlugin(async (app) => {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), LOOK_EVERY_MS);
    app.server.once('close', () => clearInterval(timer));
  });
});
