import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  activityRecord,
  assetRecord,
  makeOriginalKeys,
  type OriginalKeys,
  type OriginalWork,
  originalFiles,
  writeOriginalFiles,
} from '@artdag/testing';

/** One in so many activities has lost the metadata that it was signed with. */
const LOST_EVERY = 100;
const BATCH = 1000;

/** Artists with their keys. */
type Artists = ReadonlyMap<string, OriginalKeys>;

/**
 * Writes a data directory of the original with `count` activities and as many assets, signed by
 * `artists` users. Most activities are of the package's form, some of the older one.
 */
export async function writeOriginal(
  directory: string,
  count: number,
  artists: number,
): Promise<void> {
  const keys = makeArtists(artists);
  const files = Object.assign({}, ...[...keys.values()].map((artist) => artist.files));
  await writeOriginalFiles(directory, { ...originalFiles([], makeOriginalKeys()), keys: files });
  const names = [...keys.keys()];
  const works = () => worksOf(count, names);
  await writeRecords(
    join(directory, 'registry.json'),
    ['{"version": "1.0", "assets": {\n', '\n}}'],
    works(),
    (work) => `${JSON.stringify(work.name)}: ${assetRecord(work)}`,
  );
  await writeRecords(
    join(directory, 'activities.json'),
    ['{"version": "1.0", "activities": [\n', '\n]}'],
    works(),
    (work) => activityRecord(work, keysOf(work, keys)),
  );
}

function makeArtists(count: number): Artists {
  const names = Array.from({ length: count }, (_, number) =>
    number ? `artist${number}` : 'giles',
  );
  return new Map(names.map((name) => [name, makeOriginalKeys(false, name)]));
}

function keysOf({ artist = 'giles' }: OriginalWork, keys: Artists): OriginalKeys {
  const found = keys.get(artist);
  if (!found) throw new RangeError(`${artist} has no keys`);
  return found;
}

function* worksOf(count: number, artists: readonly string[]): Generator<OriginalWork> {
  for (let number = 0; number < count; number += 1) {
    const artist = artists[number % artists.length];
    yield {
      name: `effect:${number % 7 === 0 ? '→ \u{1f408} ' : ''}work ${number}`,
      ...(artist !== undefined && { artist }),
      metadata: `{"fps": 30.0, "seed": 12345678901234567890${number}, "title": "work ${number} of a series", "tags": ["\u00e9", 1e-7]}`,
      published: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString().replace('.000', ''),
      createdAt:
        number % 2 ? String(1_767_225_600 + number + 0.25) : '"2026-01-06T23:01:27.123456"',
      ...(number % 5 === 0 && { convention: 'object-only' }),
      ...(number % LOST_EVERY === 1 && { damage: 'metadata-lost' }),
    };
  }
}

async function writeRecords(
  path: string,
  [head, tail]: readonly [string, string],
  works: Iterable<OriginalWork>,
  write: (work: OriginalWork) => string,
): Promise<void> {
  function* texts() {
    let waiting = head;
    let written = 0;
    for (const work of works) {
      waiting += `${written === 0 ? '' : ',\n'}${write(work)}`;
      written += 1;
      if (written % BATCH !== 0) continue;
      yield waiting;
      waiting = '';
    }
    yield waiting + tail;
  }
  await pipeline(Readable.from(texts()), createWriteStream(path));
}
