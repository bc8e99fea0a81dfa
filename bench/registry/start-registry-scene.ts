import {
  type Constellation,
  type ConstellationOptions,
  leaveNothing,
  startConstellation,
  startMongoServer,
  startRedisServer,
} from '@artdag/testing';
import type { ProcessGroups } from '../measure/cpu-time.ts';
import { measureLoad } from '../measure/measure-load.ts';
import { formatMeasurement } from '../measure/print-measurement.ts';
import type { Load } from '../measure/run-load.ts';

/** The owner of everything that is registered. */
export const OWNER = 'bench';

/** A constellation with stores of its own, and an owner who is logged in. */
export interface RegistryScene extends AsyncDisposable {
  /** Address of the gateway. */
  readonly url: string;
  readonly mongodbUrl: Constellation['mongodbUrl'];
  readonly redisUrl: Constellation['redisUrl'];
  readonly queuePrefix: Constellation['queuePrefix'];
  /** Token of {@link OWNER}. */
  readonly token: string;
  /** Puts a load on it and prints a row, with the CPU time of its processes, or of others. */
  report(name: string, load: Load, measured?: ProcessGroups): Promise<void>;
}

/** Starts a {@link RegistryScene}, with these workers beside its gateway and its signer. */
export async function startRegistryScene(
  workers: Pick<ConstellationOptions, 'federations' | 'l1Syncs'> = {},
): Promise<RegistryScene> {
  leaveNothing();
  await using parts = new AsyncDisposableStack();
  const mongo = parts.use(await startMongoServer());
  const redis = parts.use(await startRedisServer());
  const constellation = parts.use(
    await startConstellation({ mongodbUrl: mongo.url, redisUrl: redis.url, ...workers }),
  );
  const [gateway] = constellation.gateways;
  const groups = {
    gateway: [gateway.pid()],
    signer: constellation.signers.map((signer) => signer.pid()),
    mongodb: [mongo.pid()],
    redis: [redis.pid()],
  };
  const token = await registerOwner(gateway.url);
  const started = parts.move();
  return {
    url: gateway.url,
    mongodbUrl: constellation.mongodbUrl,
    redisUrl: constellation.redisUrl,
    queuePrefix: constellation.queuePrefix,
    token,
    async report(name, load, measured = groups) {
      console.log(formatMeasurement(name, await measureLoad(load, measured)));
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function registerOwner(url: string): Promise<string> {
  const answer = await fetch(`${url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: OWNER, password: 'only for benchmarks' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}
