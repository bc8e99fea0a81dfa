import { createHash } from 'node:crypto';
import { createIris } from '@artdag/activitypub';
import type { OddRecordDocument } from '@artdag/store';
import { assetRecord, makeOriginalKeys, ORIGINAL_BASE, originalFiles } from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { exportArchive } from '../export/export-archive.ts';
import { createScene, makeDirectoryOf, type Scene } from '../testing/create-scene.ts';

/** Characters of one to four bytes, and those that JSON escapes, so that parts end within each. */
const CHARACTERS = '\\"a\\\\é→\u{1f408}\\u0000';

const exportTo = (scene: Scene, name: string) =>
  exportArchive({
    directory: scene.path(name),
    store: scene.store,
    keyDirectory: scene.keyDirectory,
    iris: createIris(ORIGINAL_BASE),
    firstUser: 'giles',
    withPrivateKeys: false,
  });

function join(parts: readonly OddRecordDocument[]): string {
  const sorted = parts.toSorted((one, two) => (one.part?.offset ?? 0) - (two.part?.offset ?? 0));
  return sorted.map(({ text }) => text).join('');
}

test('records and names of any size are kept aside in parts, and all others are imported', async () => {
  await using scene = await createScene(inject('mongodbUrl'));
  await using other = await createScene(inject('mongodbUrl'));
  const large = `{"x": "${CHARACTERS.repeat(320_000)}"}`;
  const longName = `"${'n'.repeat(2_000_000)}"`;
  const small = assetRecord({ name: 'small', metadata: '{}' });
  const assets = [`"large": ${large}`, `${longName}: ${small}`, `"small": ${small}`];
  const directory = await makeDirectoryOf(scene, 'original', {
    ...originalFiles([], makeOriginalKeys()),
    'registry.json': `{"assets": {${assets.join(',')}}}`,
  });
  const { records } = await scene.import(directory);
  const length = Buffer.byteLength(large);
  expect(length).toBeGreaterThan(6 * 1024 * 1024);
  expect(records.filter(({ outcome }) => outcome === 'odd')).toEqual([
    {
      position: 'registry.json/assets/large',
      id: 'large',
      outcome: 'odd',
      reason: `it has ${length} bytes, more than a record may have`,
    },
    expect.objectContaining({ position: 'registry.json/assets/1', id: null }),
  ]);
  expect(await scene.store.assets.find('small')).toBeDefined();

  const kept = await Array.fromAsync(scene.store.documents.oddRecords.stream());
  expect(join(kept.filter(({ key }) => key === 'large')) === large).toBe(true);
  expect(join(kept.filter(({ key }) => key === null)) === `${longName}: ${small}`).toBe(true);
  const of = createHash('sha256').update(large).digest('hex');
  expect(new Set(kept.filter(({ key }) => key === 'large').map(({ part }) => part?.of))).toEqual(
    new Set([of]),
  );

  const dump = await scene.dump();
  await scene.import(directory);
  await exportTo(scene, 'export');
  await other.import(scene.path('export'));
  const [ours = [], again = [], theirs = []] = [dump, await scene.dump(), await other.dump()].map(
    ({ odd_records }) => odd_records,
  );
  expect(ours.length).toBeGreaterThan(10);
  expect(again.join() === ours.join() && theirs.join() === ours.join()).toBe(true);
});
