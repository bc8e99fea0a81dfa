import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileKeyring, type Keyring, type SigningAlgorithm } from '@artdag/keyring';
import { createRemoteKeyring } from '@artdag/keyring/remote';
import {
  leaveNothing,
  startConstellation,
  startMongoServer,
  startRedisServer,
} from '@artdag/testing';
import { cpuTimeMs } from '../measure/cpu-time.ts';
import { registerAccount } from './register-assets.ts';

leaveNothing();

const SIGNATURES = Number(process.env['BENCH_SIGNATURES'] ?? 4000);
const AT_ONCE = 100;
const USER = 'bench';

/** What the signing port costs beside keys in the same process. */
const directory = await mkdtemp(join(tmpdir(), 'artdag-bench-'));
await using parts = new AsyncDisposableStack();
parts.defer(() => rm(directory, { recursive: true, force: true }));
const local = createFileKeyring({ directory });
await local.ensureKeys(USER);

const mongo = parts.use(await startMongoServer());
const redis = parts.use(await startRedisServer());
const constellation = parts.use(
  await startConstellation({ mongodbUrl: mongo.url, redisUrl: redis.url }),
);
await registerAccount(constellation.gateways[0].url, USER);
const remote = parts.use(createRemoteKeyring(constellation.signing));

console.log(`| keys | algorithm | signatures/s | CPU ms per signature, both sides |
|---|---|---|---|`);
for (const algorithm of ['rsa-sha256', 'ed25519'] as const) {
  await measure('in the same process', local, algorithm);
  await measure('behind the signing port', remote, algorithm);
}

async function measure(name: string, keyring: Pick<Keyring, 'sign'>, algorithm: SigningAlgorithm) {
  await signMany(keyring, algorithm, 500);
  const pids = [process.pid, constellation.signers[0].pid()];
  const before = await cpuTimeMs(pids);
  const start = performance.now();
  await signMany(keyring, algorithm, SIGNATURES);
  const seconds = (performance.now() - start) / 1000;
  const cpu = ((await cpuTimeMs(pids)) - before) / SIGNATURES;
  console.log(
    `| ${name} | ${algorithm} | ${Math.round(SIGNATURES / seconds)} | ${cpu.toFixed(2)} |`,
  );
}

async function signMany(
  keyring: Pick<Keyring, 'sign'>,
  algorithm: SigningAlgorithm,
  count: number,
) {
  const numbers = Array.from({ length: count }, (_, number) => number)[Symbol.iterator]();
  const worker = async () => {
    for (const number of numbers) {
      const base = `(request-target): post /inbox\nhost: peer.example\ndate: ${number}`;
      await keyring.sign({ username: USER, algorithm }, Buffer.from(base));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
