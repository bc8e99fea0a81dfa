import { createServer, type IncomingMessage } from 'node:http';
import { AppError } from '@artdag/errors';
import { type Keyring, SIGNING_LIMITS, type SigningWish } from '@artdag/keyring';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { SigningPortConfig } from '../config.ts';
import { createSecretCheck } from './check-secret.ts';
import { signWishes } from './sign-wishes.ts';

/** How a signing port is made. */
export interface SigningPortOptions extends SigningPortConfig {
  readonly keyring: Pick<Keyring, 'sign'>;
}

/** A listener that signs for the services that know its secret. */
export interface SigningPort extends AsyncDisposable {
  readonly port: number;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const base64Length = Math.ceil(SIGNING_LIMITS.bytesPerWish / 3) * 4;
const schema = Type.Array(
  Type.Object({
    username: Type.String({ maxLength: 64 }),
    algorithm: Type.Enum(['rsa-sha256', 'ed25519']),
    bytes: Type.String({ maxLength: base64Length }),
  }),
  { minItems: 1, maxItems: SIGNING_LIMITS.wishes },
);
const MAX_BODY_BYTES = SIGNING_LIMITS.wishes * (base64Length + 256);

/**
 * Opens the signing port: `POST /sign` with a batch of wishes, answered in their order.
 *
 * @throws AppError `start-failed` where the address cannot be had.
 */
export async function startSigningPort(options: SigningPortOptions): Promise<SigningPort> {
  const { keyring, host, port } = options;
  const isKnown = createSecretCheck(options.secret);
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    answer(request, keyring, isKnown)
      .catch((): Answer => ({ status: 500 }))
      .then(({ status, body }) => {
        // What is left of a refused body is not read, and a stop waits for no busy client.
        if (status !== 200 || !server.listening) response.setHeader('connection', 'close');
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  keyring: Pick<Keyring, 'sign'>,
  isKnown: (authorization: string | undefined) => boolean,
): Promise<Answer> {
  if (!isKnown(request.headers.authorization)) return { status: 401 };
  if (request.url !== '/sign') return { status: 404 };
  if (request.method !== 'POST') return { status: 405 };
  const text = await readBody(request);
  if (text === undefined) return { status: 413 };
  const wishes = parseWishes(text);
  return wishes ? { status: 200, body: await signWishes(wishes, keyring) } : { status: 400 };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseWishes(text: string): readonly SigningWish[] | undefined {
  try {
    const wishes: unknown = JSON.parse(text);
    return Value.Check(schema, wishes) ? (wishes satisfies Static<typeof schema>) : undefined;
  } catch {
    return undefined;
  }
}

function cannotListen(host: string, port: number, cause: unknown): AppError {
  return new AppError(
    'start-failed',
    `The signing port cannot use ${host}:${port}: set ARTDAG_SIGNING_PORT to a free port.`,
    { cause },
  );
}
