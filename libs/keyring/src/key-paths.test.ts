import { isAppError } from '@artdag/errors';
import { expect, test } from 'vitest';
import { keyPaths } from './key-paths.ts';

test('names the three files of a user', () => {
  expect(keyPaths('/keys', 'giles')).toEqual({
    rsaPrivate: '/keys/giles.pem',
    rsaPublic: '/keys/giles.pub',
    ed25519Private: '/keys/giles.ed25519.pem',
  });
});

test.each([
  '',
  '.',
  '..',
  '../giles',
  'a/b',
  'a\\b',
  '.hidden',
  '-rf',
  'a\0b',
  'gil\nes',
  'giles\n',
  'é',
  'a'.repeat(65),
  'giles.ed25519',
  'giles.ED25519',
])('refuses the user name %j', (username) => {
  expect(() => keyPaths('/keys', username)).toThrow(
    expect.toSatisfy((error) => isAppError(error, 'validation-failed')),
  );
});

test.each(['giles', '_', 'a'.repeat(64), 'a..b', 'A-1_2.pem', '0'])(
  'accepts the user name %j',
  (username) => {
    expect(keyPaths('/keys', username).rsaPrivate).toBe(`/keys/${username}.pem`);
  },
);
