import { createCommandObserver, createMetrics } from '@artdag/runtime';
import { connectStore } from '@artdag/store';
import { startMongoServer } from '@artdag/testing';

/**
 * What it costs a process that the latency of each command to MongoDB is measured: CPU time of a
 * small read with command events and without, in turn.
 */
const COMMANDS = Number(process.env['BENCH_COMMANDS'] ?? 10_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const AT_ONCE = 16;

await using mongo = await startMongoServer();
await using plain = await connectStore(mongo.url);
await using observed = await connectStore(
  mongo.url,
  createCommandObserver(createMetrics(), 'mongodb'),
);
const costs = { without: [] as number[], with: [] as number[] };
for (let round = 0; round <= ROUNDS; round += 1) {
  const without = await cpuOfOne(plain);
  const withEvents = await cpuOfOne(observed);
  // The first round warms both up.
  if (round === 0) continue;
  costs.without.push(without);
  costs.with.push(withEvents);
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0;
const [without, withEvents] = [median(costs.without), median(costs.with)];
console.log(`| command events | CPU µs of a command in this process, median of ${ROUNDS} |
|---|---|
| off | ${without.toFixed(1)} |
| on | ${withEvents.toFixed(1)} |
| difference | ${(withEvents - without).toFixed(1)} (${((withEvents / without - 1) * 100).toFixed(1)} %) |`);

/** In microseconds, of this process alone. */
async function cpuOfOne({ users }: Pick<typeof plain, 'users'>): Promise<number> {
  const before = process.cpuUsage();
  let left = COMMANDS;
  const client = async () => {
    while (left-- > 0) await users.find('nobody');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / COMMANDS;
}
