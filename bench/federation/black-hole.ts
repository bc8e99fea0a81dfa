import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { freePort, waitFor } from '@artdag/testing';
import { registerAccount, registerAssets } from './register-assets.ts';
import { startSink } from './start-sink.ts';
import { startOurs } from './subjects.ts';

/**
 * How much one host that takes connections and never answers slows the deliveries to the others:
 * runs with and without it in turn, each on processes and data of its own.
 */
const ACTIVITIES = Number(process.env['BENCH_ACTIVITIES'] ?? 100);
const HOSTS = Number(process.env['BENCH_HOSTS'] ?? 50);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const AUTHOR = 'bench';

const healthy: number[] = [];
const withHole: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  healthy.push(await measure(startSink));
  withHole.push(await measure(startBlackHole));
}
const ratio = median(withHole) / median(healthy);
console.log(`| ${HOSTS} hosts, ${ACTIVITIES} activities: to ${HOSTS - 1} of them | seconds, each run | median | deliveries/s |
|---|---|---|---|
${row('all healthy', healthy)}
${row('one black hole', withHole)}

Ratio ${ratio.toFixed(3)}: the black hole makes the others ${((ratio - 1) * 100).toFixed(1)} % slower.`);

/** Seconds until all hosts but the last, which `startLast` starts, have everything. */
async function measure(startLast: (port: number) => Promise<AsyncDisposable>): Promise<number> {
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
  const startedAt = performance.now();
  await registerAssets(ours.gatewayUrl, token, ACTIVITIES);
  await waitFor(
    'the healthy hosts have everything',
    async () => (await sink.seen()).different >= expected,
    600_000,
  );
  return (performance.now() - startedAt) / 1000;
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

function row(name: string, seconds: readonly number[]): string {
  const each = seconds.map((time) => time.toFixed(2)).join(', ');
  const rate = Math.round((ACTIVITIES * (HOSTS - 1)) / median(seconds));
  return `| ${name} | ${each} | ${median(seconds).toFixed(2)} | ${rate} |`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
