import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { tally } from './tally.mjs';

/** Runs every test project and ends with one plain line that says how many passed and failed. */
export async function runTests({ node, root, env, args }) {
  const folder = mkdtempSync(join(tmpdir(), 'artdag-report-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const command = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args];
    const code = await handOver(node, command, { root, env });
    const { line, hasFailed } = tally(readReport(report), code);
    process.stdout.write(`${line}\n`);
    return code || Number(hasFailed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
