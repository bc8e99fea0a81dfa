import { AppError } from '@artdag/errors';
import { CONTENT_HASH_PATTERN } from '@artdag/registry';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { renderSVG } from 'uqr';
import { describeHash } from '../commands/describe-hash.ts';
import { readWork } from '../commands/read-work.ts';
import type { GatewayContext } from '../context.ts';
import { renderBadge } from '../pages/share/badge.ts';
import { embedCode } from '../pages/share/embed-code.ts';
import { EMBED_SIZE, renderEmbedPage } from '../pages/share/embed-page.ts';
import { createPageSetting } from '../pages/shell/page-setting.ts';
import { asText, Problem } from './schemas.ts';

const NameParams = Type.Object({ name: Type.String() });
const FIVE_MINUTES = 'public, max-age=300';
/** Only this page may stand in pages of others, and it can do nothing there. */
const EMBED_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
/** A picture that is opened by itself is a document, and this one has nothing to load. */
const PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'";
const SVG = 'image/svg+xml; charset=utf-8';

/** Ways to show a work elsewhere: a card, oEmbed, a badge, a QR code. */
export function shareRoutes(
  context: Pick<GatewayContext, 'store' | 'producer' | 'iris' | 'now' | 'config'>,
): FastifyPluginAsyncTypebox {
  const { iris, config, store } = context;
  const setting = createPageSetting(config);
  return async (app) => {
    app.get(
      '/embed/registry/:name',
      { schema: { hide: true, params: NameParams } },
      async (request, reply) => {
        const work = await readWork(request.params.name, context);
        return reply
          .header('content-security-policy', EMBED_POLICY)
          .removeHeader('x-frame-options')
          .header('cache-control', FIVE_MINUTES)
          .sendPage(renderEmbedPage(work, setting));
      },
    );

    app.get(
      '/oembed',
      {
        schema: {
          summary: 'How to show a work in another page (oEmbed 1.0)',
          querystring: Type.Object({
            url: Type.String({ maxLength: 8192 }),
            maxwidth: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
            maxheight: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
            format: Type.Optional(Type.String({ maxLength: 16 })),
          }),
          response: {
            200: asText(Type.Object({}, { additionalProperties: true })),
            '4xx': Problem,
          },
        },
      },
      async (request, reply) => {
        const { url, maxwidth, maxheight, format = 'json' } = request.query;
        if (format !== 'json') throw new AppError('not-acceptable', 'Only JSON is offered here.');
        const name = nameIn(url, iris.base);
        const asset = name === undefined ? undefined : await store.assets.find(name);
        if (!asset) throw new AppError('not-found', 'This is not the address of a work here.');
        const size = {
          width: Math.min(EMBED_SIZE.width, Number(maxwidth ?? EMBED_SIZE.width)),
          height: Math.min(EMBED_SIZE.height, Number(maxheight ?? EMBED_SIZE.height)),
        };
        const answer = {
          version: '1.0',
          type: 'rich',
          title: asset.name,
          author_name: `@${asset.owner}@${config.domain}`,
          author_url: iris.actor(asset.owner),
          provider_name: setting.m.site.footer(config.domain),
          provider_url: `${iris.base}/`,
          html: embedCode(asset.name, size, setting),
          ...size,
        };
        return reply
          .header('cache-control', FIVE_MINUTES)
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(answer));
      },
    );

    app.get(
      '/badge/:file',
      { schema: { hide: true, params: Type.Object({ file: Type.String() }) } },
      async (request, reply) => {
        const hash = readHash(request.params.file);
        const words = await describeHash(hash, { store, domain: config.domain, m: setting.m });
        return reply
          .header('cache-control', FIVE_MINUTES)
          .header('content-security-policy', PICTURE_POLICY)
          .type(SVG)
          .send(renderBadge(setting.m.site.name, words));
      },
    );

    app.get(
      '/registry/:name/qr.svg',
      { schema: { hide: true, params: NameParams } },
      async (request, reply) =>
        reply
          .header('cache-control', FIVE_MINUTES)
          .header('content-security-policy', PICTURE_POLICY)
          .type(SVG)
          .send(renderSVG(await readAddress(request.params.name), { border: 2 })),
    );
  };

  async function readAddress(name: string): Promise<string> {
    const address = iris.registryEntry(name);
    // What does not fit into a code has no code.
    if (address.length > 1000 || !(await store.assets.find(name)))
      throw new AppError('not-found', 'There is no code for this.');
    return address;
  }
}

function readHash(file: string): string {
  const hash = file.endsWith('.svg') ? file.slice(0, -4) : '';
  if (!new RegExp(CONTENT_HASH_PATTERN).test(hash))
    throw new AppError('not-found', 'A badge is named after a content hash, and ends in .svg.');
  return hash;
}

function nameIn(address: string, base: string): string | undefined {
  const url = URL.parse(address);
  if (!url || url.origin !== new URL(base).origin) return undefined;
  const [, encoded] = /^\/(?:registry|asset)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Wrongly encoded, so no address of ours.
    return undefined;
  }
}
