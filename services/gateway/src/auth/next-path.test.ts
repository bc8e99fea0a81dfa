import { expect, test } from 'vitest';
import { nextPath } from './next-path.ts';

test.each([
  '/me/tokens',
  '/registry/effect:identity?format=html#proof',
  '/registry/%2F%2Fevil.example',
])('goes on to %s', (path) => {
  expect(nextPath(path)).toBe(path);
});

test('writes what is not ASCII as a header can carry it', () => {
  expect(nextPath('/registry/a b→')).toBe('/registry/a%20b%E2%86%92');
});

test.each([
  [undefined],
  [''],
  ['https://evil.example/'],
  ['//evil.example'],
  ['/\\evil.example'],
  ['\\\\evil.example'],
  ['/\t/evil.example'],
  ['/.//evil.example'],
  ['/a/..//evil.example'],
  ['/%2e//evil.example'],
  ['javascript:alert(1)'],
  ['/\r\nSet-Cookie: a=b'],
  ['me'],
  ['@evil.example'],
])('stays at home for %j', (next) => {
  expect(nextPath(next)).toBe('/');
});
