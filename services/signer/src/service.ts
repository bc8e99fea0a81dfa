import { createIris } from '@artdag/activitypub';
import { createFileKeyring, type Keyring } from '@artdag/keyring';
import { createKeys, signActivity } from '@artdag/queues';
import { connectBackends, startWork } from '@artdag/roles';
import type { Runtime, Service } from '@artdag/runtime';
import type { SignerConfig } from './config.ts';
import type { SignerContext } from './context.ts';
import { createKeysHandler } from './jobs/create-keys.ts';
import { signActivityHandler } from './jobs/sign-activity.ts';
import { startSigningPort } from './signing-port/start-signing-port.ts';

/** A running signer. */
export interface Signer extends Service {
  /** Signs for services of the same process, which need no signing port. */
  readonly keyring: Pick<Keyring, 'sign'>;
}

/**
 * Starts a signer: two workers, and the relay that finds lost work of theirs.
 *
 * @throws AppError `start-failed` where MongoDB cannot be reached.
 */
export async function createSigner(config: SignerConfig, runtime: Runtime): Promise<Signer> {
  const { logger } = runtime;
  await using parts = new AsyncDisposableStack();
  const backends = parts.use(await connectBackends(config, runtime));
  const { store, producer } = backends;
  const context: SignerContext = {
    store,
    producer,
    keyring: createFileKeyring({
      directory: config.keyDirectory,
      onWarning: (message) => logger.warn(message),
    }),
    iris: createIris(config.publicUrl),
    now: () => new Date(),
  };
  const { checks } = parts.use(
    startWork(backends, {
      served: [
        { handler: createKeysHandler(context) },
        { handler: signActivityHandler(context), concurrency: config.concurrency },
      ],
      sources: [
        { contract: createKeys, outbox: store.users.outbox },
        { contract: signActivity, outbox: store.assets.outbox },
        { contract: signActivity, outbox: store.activities.outbox },
      ],
    }),
  );
  if (config.signingPort) {
    parts.use(await startSigningPort({ ...config.signingPort, keyring: context.keyring }));
  }
  logger.info('signer ready');
  const started = parts.move();
  const { keyring } = context;
  return { checks, keyring, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
