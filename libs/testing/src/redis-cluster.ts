import { freePort } from './process-free-port.ts';
import { redisCommand } from './process-redis-command.ts';
import { type ProcessServer, startRedisServer } from './process-server.ts';
import { waitFor } from './process-wait.ts';

/** Several Redis servers that work as one. */
export interface RedisCluster extends AsyncDisposable {
  readonly url: string;
  readonly nodes: readonly ProcessServer[];
}

const SLOTS = 16_384;
const MASTERS = 3;

/** Starts a Redis Cluster of three masters on this machine. */
export async function startRedisCluster(): Promise<RedisCluster> {
  await using parts = new AsyncDisposableStack();
  const nodes = await Promise.all(Array.from({ length: MASTERS }, startNode));
  for (const node of nodes) parts.use(node);
  await Promise.all(nodes.map(giveSlots));
  const [first] = nodes;
  for (const { port, busPort } of nodes.slice(1)) {
    const address = ['127.0.0.1', String(port), busPort];
    await redisCommand(first?.url ?? '', 'CLUSTER', 'MEET', ...address);
  }
  for (const { url } of nodes) await waitFor('the cluster is whole', () => isWhole(url), 20_000);
  const started = parts.move();
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function startNode() {
  // By itself it would take its own port plus 10,000, which may not exist.
  const busPort = String(await freePort());
  const last = ['--cluster-enabled', 'yes', '--cluster-port', busPort];
  const server = await startRedisServer({ last });
  return { ...server, busPort };
}

async function giveSlots({ url }: ProcessServer, index: number): Promise<void> {
  const from = Math.ceil((SLOTS * index) / MASTERS);
  const to = Math.ceil((SLOTS * (index + 1)) / MASTERS) - 1;
  await redisCommand(url, 'CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
}

async function isWhole(url: string): Promise<boolean> {
  const info = await redisCommand(url, 'CLUSTER', 'INFO');
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${MASTERS}`);
}
