import { writeFileSync } from 'node:fs';

/** Loaded into a process beside its program: at its end it says what it has used. */
const path = process.env['BENCH_USAGE_FILE'];
if (path !== undefined) {
  process.once('exit', () => writeFileSync(path, JSON.stringify(process.resourceUsage())));
}
