import { AppError } from '@artdag/errors';
import fastifyPlugin from 'fastify-plugin';

/** Refuses nested query parameters, `q[$gt]=`: no route has one, so whoever sends one means harm or errs. */
export const plainQuery = fastifyPlugin(async (app) => {
  app.addHook('onRequest', async (request) => {
    const nested = Object.keys(request.query ?? {}).some((name) => /[[\]$]/.test(name));
    if (nested) {
      throw new AppError('validation-failed', 'querystring must not hold nested parameters.');
    }
  });
});
