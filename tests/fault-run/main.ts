/**
 * A constellation under load, with a random fault every few seconds, and an audit at the end:
 *
 *   node tests/fault-run/main.ts --seconds 600 --pause 10-20
 *
 * It ends with 0 where nothing accepted was lost or doubled and the audit saw what was planted.
 */

import { parseArgs } from 'node:util';
import { leaveNothing } from '@artdag/testing';
import { auditRun } from './audit-run.ts';
import { inflictFaults } from './inflict-faults.ts';
import { printFigures } from './print-figures.ts';
import { printProcesses } from './print-processes.ts';
import { createRandom } from './random.ts';
import { startLoads } from './start-loads.ts';
import { startScene } from './start-scene.ts';

leaveNothing();

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    pause: { type: 'string', default: '10-20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    registrations: { type: 'string', default: '10' },
    publications: { type: 'string', default: '2' },
    follows: { type: 'string', default: '10' },
    runs: { type: 'string', default: '2' },
  },
});
const [from = 10, to = from] = values.pause.split('-').map(Number);
const seed = Number(values.seed);
process.stdout.write(`seed ${seed}\n`);

await using scene = await startScene();
const loads = await startLoads(scene, {
  registrations: Number(values.registrations),
  publications: Number(values.publications),
  follows: Number(values.follows),
  runs: Number(values.runs),
});
const startedAt = performance.now();
const plan = { seconds: Number(values.seconds), pause: [from, to] } as const;
const faults = await inflictFaults(scene, createRandom(seed), plan);
const endedAt = performance.now();
await loads.finish();
const verdict = await auditRun(scene, loads).catch(async (error: unknown) => {
  await printProcesses(scene);
  throw error;
});
const run = {
  seed,
  faults,
  seconds: (endedAt - startedAt) / 1000,
  settleSeconds: (performance.now() - endedAt) / 1000,
};
printFigures(run, scene, loads, verdict);
if (verdict.findings.length > 0 || !verdict.sawThePlanted) {
  await printProcesses(scene);
  process.exitCode = 1;
}
