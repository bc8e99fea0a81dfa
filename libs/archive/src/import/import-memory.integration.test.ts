import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeOriginalKeys, type OriginalWork, originalFiles } from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { createScene, makeDirectoryOf, type Scene } from '../testing/create-scene.ts';

const COUNT = 5000;

/** Memory of JavaScript that is still in use after a collection, in bytes. */
function createGauge(): () => number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  return () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
}

/** What it is made from is out of reach once it is written. */
async function makeLargeDirectory(scene: Scene) {
  const works = Array.from({ length: COUNT }, (_, number): OriginalWork => {
    return { name: `work ${number}`, metadata: `{"a": "${'x'.repeat(3000)}"}`, damage: 'unsigned' };
  });
  const { 'activities.json': activities = '' } = originalFiles(works, makeOriginalKeys());
  const directory = await makeDirectoryOf(scene, 'large', { 'activities.json': activities });
  return { directory, bytes: activities.length };
}

test('the memory of an import does not grow with its files, but by some bytes for each record', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  const { directory, bytes } = await makeLargeDirectory(scene);
  const gauge = createGauge();
  const before = gauge();
  let most = 0;
  let seen = 0;
  await scene.import(directory, {
    isDryRun: true,
    onRecord: () => {
      seen += 1;
      if (seen % 1200 === 0) most = Math.max(most, gauge() - before);
    },
  });
  expect(seen).toBe(COUNT);
  expect(bytes).toBeGreaterThan(16_000_000);
  // A batch of records with what was read of them, and the index of claims.
  expect(most).toBeLessThan(8_000_000);
});
