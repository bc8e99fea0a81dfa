import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { chooseCacheDir } from './choose-cache-dir.ts';

test.each([
  [{ ARTDAG_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
  [{ XDG_CACHE_HOME: '/x' }, '/x/artdag-l2'],
  [{ ARTDAG_CACHE: '', XDG_CACHE_HOME: '' }, `${homedir()}/.cache/artdag-l2`],
])('with %o downloads are kept in %s', (env, folder) => {
  expect(chooseCacheDir(env)).toBe(folder);
});
