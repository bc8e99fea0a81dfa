import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastifyPlugin from 'fastify-plugin';
import { SESSION_COOKIE } from '../auth/session-cookie.ts';

/** `/openapi.json` and `/docs`, made from the schemas of the routes. */
export const openapi = fastifyPlugin<{ publicUrl: string; version: string }>(
  async (app, options) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Art DAG L2',
          version: options.version,
          description:
            'A registry of generative art whose claims are signed, federated and provable.',
        },
        servers: [{ url: options.publicUrl }],
        components: {
          securitySchemes: {
            bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
            cookie: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          },
        },
      },
    });
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  },
);
