import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkKeyFiles } from './check-key-files.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'keys-')), 'keys');
  await mkdir(directory, { mode: 0o700 });
  await writeFile(join(directory, 'giles.pem'), 'private', { mode: 0o600 });
  await writeFile(join(directory, 'giles.pub'), 'public', { mode: 0o644 });
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

test('keys that only their owner can read are well', async () => {
  expect(await checkKeyFiles(directory)).toMatchObject({ state: 'ok' });
});

test('a private key that others can read is a failure, with the command that closes it', async () => {
  await chmod(join(directory, 'giles.pem'), 0o640);
  const finding = await checkKeyFiles(directory);
  expect(finding.state).toBe('failure');
  expect(finding.fix).toContain(`chmod 600 ${join(directory, 'giles.pem')}`);
});

test.each([
  [0o755, 'warning'],
  [0o770, 'failure'],
])('a directory with mode %o', async (mode, state) => {
  await chmod(directory, mode);
  expect(await checkKeyFiles(directory)).toMatchObject({ state });
});

test('no keys yet, or no directory, is said', async () => {
  await rm(join(directory, 'giles.pem'));
  expect(await checkKeyFiles(directory)).toMatchObject({ state: 'skipped' });
  expect(await checkKeyFiles(join(directory, 'nowhere'))).toMatchObject({ state: 'warning' });
});
