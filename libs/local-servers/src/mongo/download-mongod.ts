/** `node download-mongod.ts FOLDER`: prints the path of the binary, downloaded if need be, or why there is none. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server-core';
import { mongodVersion } from './mongod-version.ts';

const connectWithinMs = 3_000;
/** More than the lock file that the library writes first. */
const firstBytes = 10_000;
const stallAfterMs = 15_000;

const folder = process.argv[2] ?? '.';
let bytes = 0;
let changedAt = Date.now();

function giveUp(reason: string): void {
  process.stdout.write(`\n${reason}\n`, () => process.exit(1));
}

async function bytesIn(path: string): Promise<number> {
  const names = await readdir(path).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(path, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function watch(): Promise<void> {
  const now = await bytesIn(folder);
  if (now !== bytes) changedAt = Date.now();
  bytes = now;
  const allowed = bytes < firstBytes ? connectWithinMs : stallAfterMs;
  if (Date.now() - changedAt > allowed) giveUp('the download host cannot be reached');
}

setInterval(watch, 250).unref();
try {
  const path = await MongoBinary.getPath({ version: mongodVersion, downloadDir: folder });
  process.stdout.write(`\n${path}\n`, () => process.exit(0));
} catch (error) {
  giveUp(`the download failed (${error instanceof Error ? error.constructor.name : 'unknown'})`);
}
