import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expandHome } from './expand-home.ts';

test.each([
  ['~', homedir()],
  ['~/.artdag/l2', join(homedir(), '.artdag/l2')],
  ['/srv/art', '/srv/art'],
  ['data', join(process.cwd(), 'data')],
  ['/srv/~/art', '/srv/~/art'],
])('%s is %s', (path, expected) => {
  expect(expandHome(path)).toBe(expected);
});
