import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { lockData } from './lock-data.ts';
import { processId } from './process-id.ts';

let file: string;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'artdag-lock-'));
  file = join(folder, 'mongodb.lock');
  return () => rmSync(folder, { recursive: true });
});

const gone = { pid: spawnSync(process.execPath, ['--version']).pid, born: '1' };

test('a second holder is refused with the first one named', async () => {
  await lockData(file, 'The data');
  await expect(lockData(file, 'The data')).rejects.toThrow(
    `The data is in use by process ${process.pid}: stop that one, or set ARTDAG_DATA`,
  );
});

test('is free again once released', async () => {
  (await lockData(file, 'The data')).release();
  expect(existsSync(file)).toBe(false);
  await lockData(file, 'The data');
});

test.each([
  ['of a killed process', JSON.stringify({ owner: gone })],
  [
    'of another process that has the pid now',
    JSON.stringify({ owner: { ...processId(process.pid), born: '1' } }),
  ],
  ['cut short by a crash', '{"own'],
])('takes over a lock %s', async (_, text) => {
  writeFileSync(file, text);
  await lockData(file, 'The data');
});

test('says what to do when the folder cannot be written', async () => {
  await expect(lockData(join(file, 'none', 'lock'), 'The data')).rejects.toThrow(
    'The data cannot be locked: set ARTDAG_DATA to a folder that can be written',
  );
});
