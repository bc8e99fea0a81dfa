import type { Store } from '@artdag/store';
import {
  activityRecord,
  makeOriginalKeys,
  type OriginalWork,
  originalFiles,
} from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { createScene, makeDirectoryOf } from '../testing/create-scene.ts';

const keys = makeOriginalKeys();
const WORKS: readonly OriginalWork[] = [
  ...Array.from({ length: 5 }, (_, number) => ({ name: `work ${number}`, metadata: '{"n":1.0}' })),
  { name: 'lost', metadata: '{"n":2.0}', damage: 'metadata-lost' },
  { name: 'odd', metadata: '[]' },
];

class Killed extends Error {}

/**
 * A store that dies at its second write, before or after it is done: each run gets further than the
 * one before it, until all is written.
 */
function mortal(store: Store, when: 'before' | 'after'): { store: Store; died(): boolean } {
  let writes = 0;
  let hasDied = false;
  const WRITES = new Set(['insertMissing', 'change', 'end']);
  const guard = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member === 'object' && member !== null) return guard(member);
        if (typeof member !== 'function' || !WRITES.has(String(name))) return member;
        return async (...args: unknown[]) => {
          writes += 1;
          const isLast = writes === 2 || hasDied;
          hasDied = isLast;
          if (isLast && when === 'before') throw new Killed();
          const result: unknown = await Reflect.apply(member, target, args);
          if (isLast) throw new Killed();
          return result;
        };
      },
    });
  return { store: guard(store), died: () => hasDied };
}

test.each(['before', 'after'] as const)(
  'an import that dies %s each of its writes ends as one that does not',
  async (when) => {
    await using whole = await createScene(inject('mongodbUrl'));
    await using broken = await createScene(inject('mongodbUrl'));
    const files = originalFiles(WORKS, keys);
    const odd = `5, ${activityRecord({ name: 'twice', metadata: '{}' }, keys)}`;
    const activities = String(files['activities.json']).replace('[', `[${odd}, `);
    const directory = await makeDirectoryOf(whole, 'original', {
      ...files,
      'activities.json': activities,
    });
    await whole.import(directory, { withRepairs: true });

    let deaths = 0;
    for (let runs = 0; runs < 30; runs += 1) {
      const { store, died } = mortal(broken.store, when);
      const end = await broken
        .import(directory, { store, withRepairs: true })
        .catch((error: unknown) => error);
      if (!died()) break;
      expect(end).toBeInstanceOf(Killed);
      if (when === 'before') expect(await broken.store.backup.unfinished('import')).toBe(directory);
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(when === 'before' ? 5 : 2);
    await broken.import(directory, { withRepairs: true });
    expect(await broken.dump()).toEqual(await whole.dump());
    expect(await broken.store.backup.unfinished('import')).toBeUndefined();
  },
);
