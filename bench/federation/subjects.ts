import { connectStore } from '@artdag/store';
import {
  type Constellation,
  type ConstellationOptions,
  freePort,
  startChild,
  startConstellation,
  startMongoServer,
  startRedisServer,
  waitFor,
} from '@artdag/testing';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { ProcessGroups } from '../measure/cpu-time.ts';

/** A server that is measured. */
export interface Subject extends AsyncDisposable {
  readonly name: string;
  /** The shared inbox as peers know it: what a signature names. */
  readonly inboxUrl: string;
  /** Where posts are sent. */
  readonly address: string;
  /** Where the metrics of the process that takes posts are. */
  readonly metricsUrl?: string;
  readonly groups: ProcessGroups;
  /** How many of the accepted posts still wait to be processed. */
  waiting(accepted: number): Promise<number>;
}

const Processed = Type.Object({ processed: Type.Number() });

/** For a profile of each role, as `--cpu-prof --cpu-prof-dir=/tmp/profiles`. */
const NODE_OPTIONS = process.env['BENCH_NODE_OPTIONS'] ?? '';

/** This product: gateway, signer and federation as processes of their own. */
export async function startOurs(
  allowedHosts: readonly string[],
  { federations = 1, env: own = {} }: Pick<ConstellationOptions, 'federations' | 'env'> = {},
) {
  await using parts = new AsyncDisposableStack();
  const mongo = parts.use(await startMongoServer());
  const redis = parts.use(await startRedisServer());
  const metricsPort = await freePort();
  const env = {
    ARTDAG_ALLOWED_HOSTS: allowedHosts.join(','),
    // The other roles have ports of their own.
    ARTDAG_METRICS_PORT: String(metricsPort),
    NODE_OPTIONS,
    ...own,
  };
  const constellation = parts.use(
    await startConstellation({ mongodbUrl: mongo.url, redisUrl: redis.url, federations, env }),
  );
  // A profile is written by a process that ends by itself.
  parts.defer(async () => {
    await Promise.all(rolesOf(constellation).map((role) => role.kill('SIGTERM')));
  });
  const store = parts.use(await connectStore(constellation.mongodbUrl));
  const [gateway] = constellation.gateways;
  const started = parts.move();
  const pids = (roles: ReadonlyArray<{ pid(): number }>) => roles.map((role) => role.pid());
  return {
    name: 'Art DAG L2',
    inboxUrl: 'https://art.test/inbox',
    address: `${gateway.url}/inbox`,
    gatewayUrl: gateway.url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    store,
    constellation,
    groups: {
      gateway: pids(constellation.gateways),
      signer: pids(constellation.signers),
      federation: pids(constellation.federations),
      mongodb: [mongo.pid()],
      redis: [redis.pid()],
    },
    waiting: async () => ((await store.receivedActivities.oldestWaiting()) ? 1 : 0),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function rolesOf({ gateways, signers, federations }: Constellation) {
  return [...gateways, ...signers, ...federations];
}

/** Fedify on Redis, one process that takes posts and works its queue. */
export async function startFedify() {
  await using parts = new AsyncDisposableStack();
  const redis = parts.use(await startRedisServer());
  const port = await freePort();
  const child = parts.use(
    startChild({
      command: process.execPath,
      args: [new URL('../peers/fedify-server.ts', import.meta.url).pathname],
      env: { ...process.env, PORT: String(port), REDIS_URL: redis.url },
    }),
  );
  await waitFor('Fedify is ready', async () => child.output().includes('ready'), 20_000);
  const url = `http://127.0.0.1:${port}`;
  const started = parts.move();
  return {
    name: 'Fedify 2.3.6',
    url,
    inboxUrl: `${url}/inbox`,
    address: `${url}/inbox`,
    groups: { fedify: [child.pid], redis: [redis.pid()] },
    async waiting(accepted: number) {
      const answer = await fetch(`${url}/bench/processed`);
      return accepted - Value.Parse(Processed, await answer.json()).processed;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
