import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { freePort, leaveNothing, waitFor } from '@artdag/testing';
import { cpuSince, cpuTimeMs, eachGroup } from '../measure/cpu-time.ts';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startOurs } from './subjects.ts';

leaveNothing();

/**
 * How much one host that takes connections and never answers slows the deliveries to the others:
 * runs with and without it in turn, each on processes and data of its own.
 */
const ACTIVITIES = Number(process.env['BENCH_ACTIVITIES'] ?? 100);
const HOSTS = Number(process.env['BENCH_HOSTS'] ?? 50);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const AUTHOR = 'bench';

/** What one run took: on a machine that others use too, only CPU time can be compared closely. */
interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const healthy: Run[] = [];
const withHole: Run[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  healthy.push(await measure(startSink));
  withHole.push(await measure(startBlackHole));
}
console.log(`| ${HOSTS} hosts, ${ACTIVITIES} activities: to ${HOSTS - 1} of them | seconds, each run | median | deliveries/s | CPU seconds of the server, median |
|---|---|---|---|---|
${row('all healthy', healthy)}
${row('one black hole', withHole)}

The black hole makes the others ${excess('seconds')} slower, and costs ${excess('cpuSeconds')} more CPU time.`);

/** Delivers to all hosts until all but the last, which `startLast` starts, have everything. */
async function measure(startLast: (port: number) => Promise<AsyncDisposable>): Promise<Run> {
  const [port, lastPort] = [await freePort(), await freePort()];
  await using sink = await startSink(port);
  await using _last = await startLast(lastPort);
  const hosts = Array.from({ length: HOSTS }, (_, number) =>
    number === HOSTS - 1 ? `127.0.2.1:${lastPort}` : `127.0.1.${number + 1}:${port}`,
  );
  await using ours = await startOurs(hosts);
  const token = await registerAccount(ours.gatewayUrl, AUTHOR);
  for (const host of hosts) {
    const inbox = `http://${host}/inbox`;
    await ours.store.followers.put({
      username: AUTHOR,
      actorIri: `http://${host}/actor`,
      inbox,
      deliveryInbox: inbox,
      host,
      followIri: `http://${host}/follow`,
      since: new Date(),
    });
  }
  const expected = ACTIVITIES * (HOSTS - 1);
  const before = await eachGroup(ours.groups, cpuTimeMs);
  const startedAt = performance.now();
  await registerAssets(ours.gatewayUrl, token, ACTIVITIES);
  await waitFor(
    'the healthy hosts have everything',
    async () => (await sink.seen()).different >= expected,
    600_000,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const { serverMs } = await cpuSince(ours.groups, before);
  return { seconds, cpuSeconds: serverMs / 1000 };
}

/** Takes every connection, reads what comes and says nothing. */
async function startBlackHole(port: number): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
  });
  server.listen(port, '0.0.0.0');
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function row(name: string, runs: readonly Run[]): string {
  const each = runs.map(({ seconds }) => seconds.toFixed(2)).join(', ');
  const seconds = median(runs, 'seconds');
  const rate = Math.round((ACTIVITIES * (HOSTS - 1)) / seconds);
  const cpu = median(runs, 'cpuSeconds').toFixed(2);
  return `| ${name} | ${each} | ${seconds.toFixed(2)} | ${rate} | ${cpu} |`;
}

function excess(figure: keyof Run): string {
  const ratio = median(withHole, figure) / median(healthy, figure);
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}

function median(runs: readonly Run[], figure: keyof Run): number {
  const sorted = runs.map((run) => run[figure]).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
