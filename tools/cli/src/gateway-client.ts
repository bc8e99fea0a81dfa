import { AppError, type ErrorCode, errorCatalog } from '@artdag/errors';
import { type Environment, readSettings } from '@artdag/runtime';
import { Type } from 'typebox';

/** Asks a gateway, as the user whose token it has. */
export interface GatewayClient {
  /** Base URL of the gateway. */
  readonly url: string;
  /** The answer as JSON. @throws AppError with the code of the gateway's problem, or `unavailable`. */
  ask(method: 'GET' | 'POST', path: string): Promise<unknown>;
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
 * A {@link GatewayClient} from `ARTDAG_URL` and `ARTDAG_TOKEN`.
 *
 * @throws AppError `settings-invalid`, or `unauthenticated` where there is no token.
 */
export function createGatewayClient(env: Environment): GatewayClient {
  const { ARTDAG_URL, ARTDAG_TOKEN: token } = readSettings(settings, env);
  const url = ARTDAG_URL.replace(/\/+$/, '');
  if (token === undefined) {
    throw new AppError(
      'unauthenticated',
      `no token: set ARTDAG_TOKEN to one of an operator (POST ${url}/auth/login gives it).`,
    );
  }
  return {
    url,
    async ask(method, path) {
      const response = await send(`${url}${path}`, method, token);
      const body = await readJson(response);
      if (response.ok) return body;
      throw problemOf(response.status, body, url);
    },
  };
}

async function send(address: string, method: string, token: string): Promise<Response> {
  try {
    return await fetch(address, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
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
  const advice = code === 'unauthenticated' ? ` Get a new token: POST ${url}/auth/login.` : '';
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
