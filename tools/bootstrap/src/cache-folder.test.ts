import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { chooseCacheFolder } from './cache-folder.mjs';

test.each([
  [{ ARTDAG_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
  [{ ARTDAG_CACHE: 'c' }, `${process.cwd()}/c`],
  [{ XDG_CACHE_HOME: '/x' }, '/x/artdag-l2'],
  [{ ARTDAG_CACHE: '', XDG_CACHE_HOME: '' }, `${homedir()}/.cache/artdag-l2`],
])('with %o the cache is %s', (env, folder) => {
  expect(chooseCacheFolder(env)).toBe(folder);
});
