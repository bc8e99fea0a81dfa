import { AppError } from '@artdag/errors';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { GatewayContext } from '../context.ts';
import { bundleScripts, type ScriptFiles } from '../scripts/bundle-scripts.ts';

const Params = Type.Object({ file: Type.String({ maxLength: 128 }) });
const YEAR = 'public, max-age=31536000, immutable';
/** Pages name their scripts without a hash: a browser asks whether its copy is still the one. */
const ASK_AGAIN = 'public, no-cache';
/** A worker has the policy of its own answer: WebAssembly may run in there, and on no page. */
const WORKER = 'hash-worker.js';
const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/** `/scripts/{file}`: what pages add for browsers that run scripts. */
export function scriptRoutes({
  logger,
}: Pick<GatewayContext, 'logger'>): FastifyPluginAsyncTypebox {
  let bundled: Promise<ScriptFiles> | undefined;
  const openScripts = async () => {
    bundled ??= bundleScripts();
    try {
      return await bundled;
    } catch (cause) {
      // Pages work without scripts, and the next request tries again.
      bundled = undefined;
      logger.error({ err: cause }, 'the scripts of pages cannot be bundled');
      throw new AppError('unavailable', 'Scripts cannot be had just now; pages work without.', {
        cause,
      });
    }
  };
  return async (app) => {
    app.get(
      '/scripts/:file',
      { schema: { hide: true, params: Params } },
      async (request, reply) => {
        const found = (await openScripts()).get(request.params.file);
        if (!found) throw new AppError('not-found', 'There is no such script.');
        reply
          .header('cache-control', found.isImmutable ? YEAR : ASK_AGAIN)
          .header('etag', found.etag)
          .header('vary', 'Accept-Encoding')
          .type(found.type);
        if (request.params.file === WORKER) reply.header('content-security-policy', WORKER_POLICY);
        if (request.headers['if-none-match'] === found.etag) return reply.code(304).send();
        const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
        if (!takesGzip) return reply.send(Buffer.from(found.bytes));
        return reply.header('content-encoding', 'gzip').send(Buffer.from(found.gzip));
      },
    );
  };
}
