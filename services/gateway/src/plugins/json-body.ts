import { AppError } from '@artdag/errors';
import { ASSET_LIMITS } from '@artdag/registry';
import {
  findJsonHazard,
  type JsonHazardReason,
  type JsonNode,
  parseLosslessJson,
  toPlainValue,
} from '@artdag/signatures';
import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body with the lexical form of its numbers; undefined where the body is no JSON. */
    jsonNode: JsonNode | undefined;
  }
}

/** The body itself, and what its deepest field may hold. */
const MAX_DEPTH = 1 + ASSET_LIMITS.metadataDepth;

const HAZARDS: Readonly<Record<JsonHazardReason, string>> = {
  'proto-key': 'the key __proto__ is not allowed',
  'dollar-key': 'a key must not begin with $',
  'null-in-key': 'a key must not hold the character U+0000',
  'lone-surrogate': 'text must be well-formed Unicode',
  'number-range': 'the number is too large',
  'too-deep': 'the value is nested too deeply',
};

/**
 * Reads JSON bodies without losing the form of numbers, and refuses what stores, proofs or other
 * readers would stumble over.
 */
export const jsonBody = fastifyPlugin(async (app) => {
  app.decorateRequest('jsonNode', undefined);
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const node = parseLosslessJson(decodeUtf8(body), { maxDepth: 100 });
      const hazard = findJsonHazard(node, { maxDepth: MAX_DEPTH });
      if (hazard) {
        const message = HAZARDS[hazard.reason];
        throw new AppError('validation-failed', `body${hazard.pointer}: ${message}`, {
          faults: [{ pointer: hazard.pointer, message }],
        });
      }
      request.jsonNode = node;
      return toPlainValue(node);
    },
  );
});

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new AppError('malformed-request', 'The body is not UTF-8.', { cause });
  }
}
