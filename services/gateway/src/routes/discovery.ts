import { buildWebfinger, JRD_JSON, parseWebfingerResource } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { VERSION } from '../version.ts';

const NODEINFO_SCHEMA = 'http://nodeinfo.diaspora.software/ns/schema/2.1';

/** How other servers find users and learn what this one is. */
export function discoveryRoutes({
  store,
  iris,
  config,
}: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/.well-known/webfinger',
      {
        schema: {
          summary: 'Find a user (RFC 7033)',
          querystring: Type.Object({ resource: Type.Optional(Type.String({ maxLength: 2048 })) }),
        },
        // RFC 7033 wants 400 for whatever is wrong with the resource.
        attachValidation: true,
      },
      async (request, reply) => {
        const named = request.validationError ? '' : (request.query.resource ?? '');
        const resource = parseWebfingerResource(named, config.domain, iris);
        if (resource.kind === 'malformed') {
          throw new AppError('malformed-request', 'Name a resource such as acct:user@domain.');
        }
        if (resource.kind === 'foreign' || !(await store.users.exists(resource.username))) {
          throw new AppError('not-found', 'No user of this server is meant by this resource.');
        }
        return reply
          .header('access-control-allow-origin', '*')
          .type(JRD_JSON)
          .send(JSON.stringify(buildWebfinger(resource.username, config.domain, iris)));
      },
    );

    app.get(
      '/.well-known/host-meta',
      { schema: { summary: 'Where WebFinger is (RFC 6415)' } },
      async (_, reply) => {
        const template = `${iris.base}/.well-known/webfinger?resource={uri}`;
        return reply
          .type('application/xrd+xml')
          .send(
            `<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="${template}"/></XRD>\n`,
          );
      },
    );

    app.get('/.well-known/nodeinfo', { schema: { summary: 'Where NodeInfo is' } }, async () => ({
      links: [{ rel: NODEINFO_SCHEMA, href: `${iris.base}/nodeinfo/2.1` }],
    }));

    app.get('/nodeinfo/2.1', { schema: { summary: 'What this server is' } }, async (_, reply) => {
      const [users, localPosts] = await Promise.all([
        store.users.count(),
        store.activities.count(),
      ]);
      return reply.type(`application/json; profile="${NODEINFO_SCHEMA}#"`).send(
        JSON.stringify({
          version: '2.1',
          software: { name: 'artdag-l2', version: VERSION },
          protocols: ['activitypub'],
          services: { inbound: [], outbound: [] },
          openRegistrations: config.registration === 'open',
          usage: { users: { total: users }, localPosts },
          metadata: {},
        }),
      );
    });
  };
}
