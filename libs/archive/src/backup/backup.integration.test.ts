import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOriginalKeys, type OriginalWork, originalFiles } from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { createScene, makeDirectoryOf, type Scene } from '../testing/create-scene.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const keys = makeOriginalKeys();
const WORKS: readonly OriginalWork[] = [
  { name: 'cat \u2028 and \u2029', metadata: '{"fps":30.0}' },
  ...Array.from({ length: 250 }, (_, number) => ({ name: `work ${number}`, metadata: '{}' })),
];

const backupOf = (scene: Scene, name: string) =>
  writeBackup({
    directory: scene.path(name),
    store: scene.store,
    keyDirectory: scene.keyDirectory,
    withPrivateKeys: true,
    now: new Date('2026-01-06T23:01:27Z'),
  });
const restore = (scene: Scene, directory: string, more = {}) =>
  restoreBackup({
    directory,
    store: scene.store,
    keyDirectory: scene.keyDirectory,
    isDryRun: false,
    ...more,
  });

test('a backup is restored into an empty database, also after a first try was cut off, and into no other', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  await using empty = await createScene(inject('mongodbUrl'));
  await scene.import(await makeDirectoryOf(scene, 'original', originalFiles(WORKS, keys)));
  const { collections } = await backupOf(scene, 'backup');
  expect(collections).toEqual({ activities: 251, assets: 251, followers: 2, users: 1 });
  expect((await stat(scene.path('backup/users.ndjson'))).mode & 0o777).toBe(0o600);

  const directory = scene.path('backup');
  await restore(empty, directory, { isDryRun: true });
  expect(await empty.store.backup.collections()).toEqual([]);
  const { backup } = empty.store;
  let loads = 0;
  const dying = {
    ...backup,
    async load(...args: Parameters<typeof backup.load>) {
      loads += 1;
      if (loads === 3) throw new Error('killed');
      await backup.load(...args);
    },
  };
  await expect(restore(empty, directory, { store: { backup: dying } })).rejects.toThrow('killed');
  await restore(empty, directory);
  expect(await empty.dump()).toEqual(await scene.dump());
  expect(await readFile(join(empty.keyDirectory, 'giles.pem'), 'utf8')).toBe(
    keys.files['giles.pem'],
  );

  await expect(restore(empty, directory)).rejects.toMatchObject({ code: 'conflict' });
});

test('what is not a whole backup is refused before anything is written', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  await using empty = await createScene(inject('mongodbUrl'));
  await scene.import(
    await makeDirectoryOf(scene, 'original', originalFiles(WORKS.slice(0, 3), keys)),
  );
  await backupOf(scene, 'backup');
  const directory = scene.path('backup');
  const users = join(directory, 'users.ndjson');
  const text = await readFile(users);
  await writeFile(users, text.subarray(0, -20));
  await expect(restore(empty, directory)).rejects.toMatchObject({ code: 'malformed-request' });
  await writeFile(users, text);
  await appendFile(join(directory, 'manifest.json'), 'x');
  await expect(restore(empty, directory)).rejects.toMatchObject({ code: 'malformed-request' });
  await expect(restore(empty, scene.path('nowhere'))).rejects.toMatchObject({ code: 'not-found' });
  expect(await empty.store.backup.collections()).toEqual([]);
});
