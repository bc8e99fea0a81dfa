import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findImage } from './find-image.ts';

const log = { info: () => undefined, warn: () => undefined };
const use = {
  server: 'Redis',
  image: 'valkey/valkey:1',
  port: 6379,
  command: ['valkey-server', '--dir', '/data'],
} as const;

/** A `docker` that notes its arguments and then does what `script` says. */
function fakeDocker(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'artdag-docker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const calls = join(folder, 'calls');
  const client = join(folder, 'docker');
  writeFileSync(client, `#!/bin/sh\necho "$@" >> ${calls}\n${script}\n`);
  chmodSync(client, 0o755);
  const options = { dataDir: folder, cacheDir: folder, log, env: { PATH: folder } };
  return { client, options, calls: () => readFileSync(calls, 'utf8').trim().split('\n') };
}

test('pulls an image that is not there yet and publishes it on loopback only', async () => {
  const docker = fakeDocker('[ "$1" = image ] && exit 1; echo 28.0.0 []');
  const found = await findImage(docker.options, use);
  if ('missing' in found) throw new Error(found.missing);
  expect(docker.calls()).toEqual([
    'info --format {{.ServerVersion}} {{.SecurityOptions}}',
    'image inspect valkey/valkey:1',
    'pull --quiet valkey/valkey:1',
  ]);
  const name = `artdag-redis-${process.pid}-7000`;
  const user = `${process.getuid?.()}:${process.getgid?.()}`;
  expect(found.launch({ port: 7000, dataDir: '/d/redis' })).toEqual({
    command: docker.client,
    args: `run --rm --name ${name} --user ${user} --entrypoint valkey-server --publish 127.0.0.1:7000:6379 --volume /d/redis:/data valkey/valkey:1 --dir /data`.split(
      ' ',
    ),
    stop: { command: docker.client, args: ['stop', '-t', '15', name] },
  });
});

test('is root inside where the engine is rootless, which is the user outside', async () => {
  const docker = fakeDocker('echo "28.0.0 [name=rootless]"');
  const found = await findImage(docker.options, use);
  if ('missing' in found) throw new Error(found.missing);
  expect(found.launch({ port: 1, dataDir: '/d' }).args).toContain('0:0');
});

test.each([
  ['exit 1', 'no Docker engine answers'],
  ['[ "$1" = info ] || exit 1', 'the image cannot be pulled'],
])('with a docker that does "%s": %s', async (script, missing) => {
  expect(await findImage(fakeDocker(script).options, use)).toEqual({ missing });
});

test('without a client, says so', async () => {
  const { options } = fakeDocker('');
  expect(await findImage({ ...options, env: { PATH: '/nowhere' } }, use)).toEqual({
    missing: 'no docker client on PATH',
  });
});
