import bcrypt from 'bcryptjs';
import { expect, test } from 'vitest';
import { checkPassword, hashPassword } from './passwords.ts';

test('a new hash is argon2id and knows its password', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await checkPassword('correct horse', hash)).toBe('right');
  expect(await checkPassword('wrong horse', hash)).toBe('wrong');
});

test('a hash by bcrypt is taken, and said to be old', async () => {
  const hash = await bcrypt.hash('correct horse', 4);
  expect(await checkPassword('correct horse', hash)).toBe('right-but-old');
  expect(await checkPassword('wrong horse', hash)).toBe('wrong');
});

test('the form of bcrypt that Python writes is taken', async () => {
  const hash = (await bcrypt.hash('correct horse', 4)).replace(/^\$2[aby]/, '$2b');
  expect(await checkPassword('correct horse', hash)).toBe('right-but-old');
});

test('no password is right where there is none', async () => {
  expect(await checkPassword('', null)).toBe('wrong');
  expect(await checkPassword('correct horse', null)).toBe('wrong');
});
