import { availableParallelism } from 'node:os';
import { leaveNothing, waitFor } from '@artdag/testing';
import { registerAccount } from '../federation/register-assets.ts';
import { cpuSince, cpuTimeMs, eachGroup } from '../measure/cpu-time.ts';
import { quantile } from '../measure/quantile.ts';
import { nameBottleneck } from './name-bottleneck.ts';
import { readStages, type Stages } from './read-stages.ts';
import { type RequestedRuns, requestRuns } from './request-runs.ts';
import { startL1Scene } from './start-l1-scene.ts';

/** Very many runs are recorded without waiting: how fast they are taken, and when all are signed. */
const RUNS = Number(process.env['BENCH_RUNS'] ?? 10_000);
const CONNECTIONS = Number(process.env['BENCH_CONNECTIONS'] ?? 32);
const AUTHOR = 'bench';
const PATIENCE_MS = 1_200_000;
const FAR_FUTURE = new Date('9999-01-01');

leaveNothing();
await using scene = await startL1Scene();
await measure();

async function measure(): Promise<void> {
  const { gatewayUrl, store, groups } = scene;
  const token = await registerAccount(gatewayUrl, AUTHOR);
  const before = await eachGroup(groups, cpuTimeMs);
  const requested = await requestRuns(gatewayUrl, token, RUNS, CONNECTIONS);
  await waitFor('all runs are registered and signed', isDone, PATIENCE_MS);
  const { used } = await cpuSince(groups, before);
  print(requested, await readStages(store, requested), used);

  async function isDone() {
    const [runs, signatures] = await Promise.all([
      store.runs.outbox.due('record-run', FAR_FUTURE, 1),
      store.assets.outbox.due('sign-activity', FAR_FUTURE, 1),
    ]);
    return runs.length === 0 && signatures.length === 0;
  }
}

function print(
  requested: RequestedRuns,
  stages: Stages,
  used: readonly { readonly group: string; readonly ms: number }[],
): void {
  const { startedAt, endedAt, latencies } = requested;
  const wallSeconds = (stages.endedAt - startedAt) / 1000;
  const perSecond = (until: number) => Math.round((1000 * RUNS) / (until - startedAt));
  const row = (name: string, rate: number | string, values: readonly number[]) =>
    `| ${[name, rate, ...[0.5, 0.95, 0.99].map((share) => quantile(values, share))].join(' | ')} |`;
  console.log(`${RUNS} runs over ${CONNECTIONS} connections

| | per second | p50 ms | p95 ms | p99 ms |
|---|---|---|---|---|
${row('enqueue: until the 202', perSecond(endedAt), latencies)}
${row('completion: until the signature', perSecond(stages.endedAt), stages.completion)}
${row('of it, until l1-sync has registered it', '', stages.registering)}
${row('of it, from there to the signature', '', stages.signing)}

| process | CPU s | CPU ms per run |
|---|---|---|
${used.map(({ group, ms }) => `| ${group} | ${(ms / 1000).toFixed(1)} | ${(ms / RUNS).toFixed(2)} |`).join('\n')}
`);
  const means = { registering: mean(stages.registering), signing: mean(stages.signing) };
  const cpu = used.map(({ group, ms }) => ({ group, seconds: ms / 1000 }));
  console.log(`Bottleneck: ${nameBottleneck(means, cpu, wallSeconds, availableParallelism())}`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
