import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AppError, type AppErrorOptions, errorCatalog } from '@artdag/errors';
import type { Keyring, SigningKeyId } from './keyring.ts';
import { createNaturalBatches } from './natural-batches.ts';
import { postJson } from './post-json.ts';
import { SIGNING_LIMITS, type SigningAnswer, type SigningWish } from './signing-wire.ts';

/** A keyring whose keys are with a signer elsewhere: it signs, and tells nothing of the keys. */
export interface RemoteKeyring extends Pick<Keyring, 'sign'>, AsyncDisposable {}

/** Where a remote keyring signs. */
export interface RemoteKeyringOptions {
  /** Base URL of the signer's signing port. */
  readonly url: string;
  readonly secret: string;
  /** For one batch; 5 s unless told. */
  readonly timeoutMs?: number;
}

/** The signer cannot be asked, which tells nothing about what was to be signed. */
class SignerUnavailable extends AppError {
  constructor(detail: string, options?: AppErrorOptions) {
    super('unavailable', detail, options);
  }
}

/** Whether `error` says that the signer cannot be asked. */
export function isSignerUnavailable(error: unknown): boolean {
  return error instanceof SignerUnavailable;
}

const MAX_ANSWER_BYTES = 1_048_576;
const BATCHES_IN_FLIGHT = 2;

/**
 * Creates a keyring over a signer's signing port. Concurrent calls share requests.
 *
 * `sign` throws AppError `unavailable` where the signer does not answer, and what the signer's own
 * keyring has thrown otherwise.
 */
export function createRemoteKeyring(options: RemoteKeyringOptions): RemoteKeyring {
  const url = new URL('/sign', options.url);
  const connections = { keepAlive: true, maxSockets: BATCHES_IN_FLIGHT };
  const agent =
    url.protocol === 'https:' ? new HttpsAgent(connections) : new HttpAgent(connections);
  const { secret, timeoutMs = 5000 } = options;
  const ask = createNaturalBatches<SigningWish, SigningAnswer>(
    (body) => askSigner({ url, agent, secret, body, timeoutMs, maxBytes: MAX_ANSWER_BYTES }),
    { maxItems: SIGNING_LIMITS.wishes, maxInFlight: BATCHES_IN_FLIGHT },
  );
  return {
    async sign({ username, algorithm }: SigningKeyId, bytes: Uint8Array) {
      const answer = await ask({
        username,
        algorithm,
        bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
      });
      if ('signature' in answer) return Buffer.from(answer.signature, 'base64');
      throw new AppError(answer.error.code, answer.error.detail);
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
    },
  };
}

async function askSigner(post: Parameters<typeof postJson>[0]): Promise<SigningAnswer[]> {
  const { status, body } = await postJson(post).catch((cause: unknown) => {
    throw new SignerUnavailable('The signer does not answer.', { cause });
  });
  if (status !== 200) throw new SignerUnavailable(`The signer answered ${status}.`);
  const answers = parseAnswers(body);
  if (answers) return answers;
  throw new SignerUnavailable('What answered in the place of the signer is none.');
}

function parseAnswers(body: string): SigningAnswer[] | undefined {
  try {
    const answers: unknown = JSON.parse(body);
    return Array.isArray(answers) && answers.every(isAnswer) ? answers : undefined;
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): value is SigningAnswer {
  if (typeof value !== 'object' || value === null) return false;
  if ('signature' in value) return typeof value.signature === 'string';
  const error = 'error' in value ? value.error : undefined;
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && error.code in errorCatalog && 'detail' in error;
}

/**
 * The keyring of the signer at its signing port.
 *
 * @throws AppError `start-failed` where no port is named.
 */
export function connectSigner(signing: RemoteKeyringOptions | undefined): RemoteKeyring {
  if (signing) return createRemoteKeyring(signing);
  throw new AppError(
    'start-failed',
    'Nothing signs what is sent to other servers: set ARTDAG_SIGNING_URL and ARTDAG_SIGNING_SECRET, or run the signer in this process.',
  );
}
