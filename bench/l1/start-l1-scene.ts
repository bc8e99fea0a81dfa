import { connectStore } from '@artdag/store';
import {
  freePort,
  type Role,
  startChild,
  startConstellation,
  startMongoServer,
  startRedisServer,
  waitFor,
} from '@artdag/testing';

/** Gateway, l1-sync and signer as processes of their own, and an L1 stub. */
export async function startL1Scene() {
  await using parts = new AsyncDisposableStack();
  const mongo = parts.use(await startMongoServer());
  const redis = parts.use(await startRedisServer());
  const port = await freePort();
  const stub = parts.use(
    startChild({
      command: process.execPath,
      args: [new URL('l1-stub.ts', import.meta.url).pathname],
      env: { PORT: String(port) },
    }),
  );
  await waitFor('the L1 stub is ready', async () => stub.output().includes('ready'), 10_000);
  const constellation = parts.use(
    await startConstellation({
      mongodbUrl: mongo.url,
      redisUrl: redis.url,
      l1Syncs: 1,
      env: {
        L1_SERVERS: `http://127.0.0.1:${port}`,
        // For a profile of each role.
        NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] ?? '',
      },
    }),
  );
  const { gateways, signers, l1Syncs } = constellation;
  // A profile is written by a process that ends by itself.
  parts.defer(async () => {
    await Promise.all([...gateways, ...signers, ...l1Syncs].map((role) => role.kill('SIGTERM')));
  });
  const store = parts.use(await connectStore(constellation.mongodbUrl));
  const started = parts.move();
  return {
    gatewayUrl: gateways[0].url,
    store,
    groups: {
      gateway: pids(gateways),
      'l1-sync': pids(l1Syncs),
      signer: pids(signers),
      mongodb: [mongo.pid()],
      redis: [redis.pid()],
      'L1 stub': [stub.pid],
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

function pids(roles: readonly Role[]): number[] {
  return roles.map((role) => role.pid());
}
