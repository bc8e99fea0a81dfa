import { createPublicKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, waitFor } from '@artdag/testing';
import { expect, test } from 'vitest';
import { get } from './client.ts';
import { createOwnServer } from './own-server.ts';

const cli = fileURLToPath(new URL('../../tools/cli/src/main.ts', import.meta.url));

async function setupKeys(...options: string[]) {
  const child = startChild({
    command: process.execPath,
    args: [cli, 'setup-keys', ...options],
    env: { PATH: process.env['PATH'] },
  });
  const { code } = await child.ended;
  return { code, errors: child.errorOutput() };
}

test('keys made before the first start are the ones the actor shows; no second ones are made', async () => {
  await using server = await createOwnServer();
  const options = ['--data-dir', server.dataDir, '--user', 'giles'];
  expect(await setupKeys(...options)).toMatchObject({ code: 0 });
  const keys = join(server.dataDir, 'keys');
  expect((await stat(keys)).mode & 0o777).toBe(0o700);
  expect((await stat(join(keys, 'giles.pem'))).mode & 0o777).toBe(0o600);
  const publicKeyPem = await readFile(join(keys, 'giles.pub'), 'utf8');
  expect(createPublicKey(publicKeyPem).asymmetricKeyDetails?.modulusLength).toBe(2048);

  const again = await setupKeys(...options);
  expect(again.code).not.toBe(0);
  expect(again.errors).toMatch(/giles\.pem exists already/);
  expect(await readFile(join(keys, 'giles.pub'), 'utf8')).toBe(publicKeyPem);

  await server.start();
  const actor = await waitFor('the actor', async () => {
    const answer = await get(`${server.url}/users/giles`);
    return answer.status === 200 && answer;
  });
  expect(actor.json.publicKey.publicKeyPem).toBe(publicKeyPem);
});
