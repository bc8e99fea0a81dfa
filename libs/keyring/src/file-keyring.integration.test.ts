import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

const program = `
  import { createFileKeyring } from '@artdag/keyring';
  const keyring = createFileKeyring({ directory: process.argv[1] });
  console.log(JSON.stringify(await keyring.ensureKeys('giles')));
`;

test('gives one pair to four processes that race', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'keyring-'));
  try {
    const makeKeys = () =>
      run(process.execPath, ['--input-type=module', '--eval', program, directory], {
        cwd: import.meta.dirname,
      });
    const results = await Promise.all(Array.from({ length: 4 }, makeKeys));

    expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
    expect((await readdir(directory)).sort()).toEqual([
      'giles.ed25519.pem',
      'giles.pem',
      'giles.pub',
    ]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
