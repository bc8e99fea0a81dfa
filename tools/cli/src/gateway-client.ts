import { AppError, type ErrorCode, errorCatalog } from '@artdag/errors';
import { type Environment, readSettings } from '@artdag/runtime';
import { Type } from 'typebox';
import { readToken } from './token-file.ts';

/** Asks a gateway, as the user whose token it has. */
export interface GatewayClient {
  /** Base URL of the gateway. */
  readonly url: string;
  /** The answer as JSON. @throws AppError with the code of the gateway's problem, or `unavailable`. */
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>;
}

/** The token is never an argument: other users of the machine see command lines. */
const settings = Type.Object({
  ARTDAG_URL: Type.String({
    default: 'http://localhost:8200',
    pattern: '^https?://[^\\s]+$',
    expected: 'the URL of a gateway',
  }),
  ARTDAG_TOKEN: Type.Optional(Type.String({ expected: 'a token', secret: true })),
});

const TIMEOUT_MS = 30_000;

/**
 * A {@link GatewayClient} for `ARTDAG_URL`, with `ARTDAG_TOKEN` or the token of the last log-in there.
 *
 * @throws AppError `settings-invalid`, or `unauthenticated` where there is no token.
 */
export async function createGatewayClient(env: Environment): Promise<GatewayClient> {
  const anonymous = createAnonymousClient(env);
  const { ARTDAG_TOKEN } = readSettings(settings, env);
  const token = ARTDAG_TOKEN ?? (await readToken(env, anonymous.url))?.token;
  if (token !== undefined) return createClient(anonymous.url, { authorization: `Bearer ${token}` });
  throw new AppError(
    'unauthenticated',
    `no token for ${anonymous.url}: log in with "artdag-l2 login", or set ARTDAG_TOKEN to one of an operator.`,
  );
}

/** A {@link GatewayClient} for `ARTDAG_URL` that is nobody yet. */
export function createAnonymousClient(env: Environment): GatewayClient {
  return createClient(readSettings(settings, env).ARTDAG_URL.replace(/\/+$/, ''), {});
}

/** A {@link GatewayClient} for a gateway at `url` that shows these header fields. */
export function createClient(
  url: string,
  credentials: Readonly<Record<string, string>>,
): GatewayClient {
  return {
    url,
    async ask(method, path, body) {
      const response = await send(`${url}${path}`, {
        method,
        headers: {
          ...credentials,
          accept: 'application/json',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer = await readJson(response);
      if (response.ok) return answer;
      throw problemOf(response.status, answer, url);
    },
  };
}

async function send(address: string, request: RequestInit): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await fetch(address, { ...request, redirect: 'error', signal });
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `${new URL(address).origin} does not answer: is the gateway running, and is ARTDAG_URL its address?`,
      { cause },
    );
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return JSON.parse(await response.text());
  } catch {
    return undefined;
  }
}

function problemOf(status: number, body: unknown, url: string): AppError {
  const problem = typeof body === 'object' && body !== null ? body : {};
  const detail =
    'detail' in problem && typeof problem.detail === 'string'
      ? problem.detail
      : `${url} answered ${status}.`;
  const code = 'code' in problem && isErrorCode(problem.code) ? problem.code : codeOf(status);
  const advice = code === 'unauthenticated' ? ' Get a new token: artdag-l2 login.' : '';
  return new AppError(code, `${detail}${advice}`);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalog, code);
}

function codeOf(status: number): ErrorCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  return status >= 500 ? 'unavailable' : 'malformed-request';
}
