import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabaseUrl, leaveNothing, startMongoServer } from '@artdag/testing';
import { runCommand } from './run-command.ts';
import { writeOriginal } from './write-original.ts';

/** A data directory of the original is imported, imported again, and exported, by `artdag-l2` itself. */
const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 100_000);
const ARTISTS = Number(process.env['BENCH_ARTISTS'] ?? 3);
/** Rows of the import's report that count; those after them name records. */
const COUNT_ROWS = 10;

leaveNothing();
await using parts = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), 'artdag-bench-moving-'));
parts.defer(() => rm(folder, { recursive: true, force: true }));
const mongo = parts.use(await startMongoServer());
const env = {
  MONGODB_URL: createTestDatabaseUrl(mongo.url),
  ARTDAG_DATA: join(folder, 'data'),
  ARTDAG_DOMAIN: 'artdag.rose-ash.com',
  NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] ?? '',
};
await measure();

async function measure(): Promise<void> {
  const original = join(folder, 'original');
  const exported = join(folder, 'exported');
  await writeOriginal(original, RECORDS, ARTISTS);
  console.log(`| command | activities and assets | MB of JSON | s | records/s | CPU s | most memory, MiB |
|---|---|---|---|---|---|---|`);
  await report('import --dry-run', original, ['import', original, '--dry-run']);
  const output = await report('import', original, ['import', original]);
  await report('import, all there already', original, ['import', original]);
  await report('export', exported, ['export', exported]);
  console.log(`\n\`\`\`\n${output.split('\n').slice(0, COUNT_ROWS).join('\n')}\n\`\`\``);
}

async function report(name: string, directory: string, args: readonly string[]): Promise<string> {
  const use = await runCommand(args, env, join(folder, 'usage.json'));
  const { seconds, cpuSeconds, peakMib, output } = use;
  const rate = Math.round((2 * RECORDS) / seconds);
  console.log(
    `| ${name} | ${RECORDS} each | ${await sizeOf(directory)} | ${seconds.toFixed(1)} | ${rate} | ${cpuSeconds.toFixed(1)} | ${peakMib} |`,
  );
  return output;
}

async function sizeOf(directory: string): Promise<string> {
  const files = ['activities.json', 'registry.json'].map((name) => stat(join(directory, name)));
  const bytes = (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0);
  return (bytes / 1e6).toFixed(0);
}
