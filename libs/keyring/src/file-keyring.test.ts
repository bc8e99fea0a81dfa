import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '@artdag/errors';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileKeyring } from './file-keyring.ts';
import { setupKeys } from './setup-keys.ts';

const elsewhere = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = elsewhere.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const privatePkcs1 = elsewhere.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const publicPem = elsewhere.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const bytes = Buffer.from('what is signed');

let root: string;
let directory: string;
const read = (name: string) => readFile(join(directory, name), 'utf8');
const write = (name: string, text: string, mode = 0o600) =>
  writeFile(join(directory, name), text, { mode });
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const rejectsWith = (
  promise: Promise<unknown>,
  code: 'key-unusable' | 'key-missing' | 'key-exists' | 'validation-failed',
) => expect(promise).rejects.toSatisfy((error) => isAppError(error, code));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyring-'));
  directory = root;
});
afterEach(() => rm(root, { recursive: true }));

describe('making keys', () => {
  test('makes three files with closed modes in a closed directory', async () => {
    directory = join(root, 'data', 'keys');
    const keys = await createFileKeyring({ directory }).ensureKeys('giles');

    expect((await readdir(directory)).sort()).toEqual([
      'giles.ed25519.pem',
      'giles.pem',
      'giles.pub',
    ]);
    expect(await modeOf(directory)).toBe(0o700);
    expect(await modeOf(join(directory, 'giles.pem'))).toBe(0o600);
    expect(await modeOf(join(directory, 'giles.ed25519.pem'))).toBe(0o600);
    expect(await modeOf(join(directory, 'giles.pub'))).toBe(0o644);
    expect(await read('giles.pem')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(keys.publicKeyPem).toBe(await read('giles.pub'));
    expect(createPublicKey(keys.publicKeyPem).asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(keys.publicKeyMultibase).toMatch(/^z6Mk/);
  });

  test('gives one pair to eight keyrings that race', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => createFileKeyring({ directory }).ensureKeys('giles')),
    );

    expect(new Set(results.map((keys) => JSON.stringify(keys))).size).toBe(1);
    expect(await readdir(directory)).toHaveLength(3);
  });

  test('refuses to set up keys where any file exists', async () => {
    for (const name of ['giles.pem', 'giles.pub', 'giles.ed25519.pem']) {
      await write(name, 'kept');
      await rejectsWith(setupKeys({ directory, username: 'giles' }), 'key-exists');
      expect(await readdir(directory)).toEqual([name]);
      expect(await read(name)).toBe('kept');
      await rm(join(directory, name));
    }
  });

  test('lets one of two set-ups win and tells the other', async () => {
    const setUps = await Promise.allSettled(
      [1, 2].map(() => setupKeys({ directory, username: 'giles' })),
    );

    expect(setUps.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('after a crash', () => {
  test('derives the public key that is missing', async () => {
    await write('giles.pem', privatePem);
    const keyring = createFileKeyring({ directory });

    expect(await keyring.publicKeys('giles')).toBe('missing');
    expect((await keyring.ensureKeys('giles')).publicKeyPem).toBe(publicPem);
    expect(await read('giles.pub')).toBe(publicPem);
    expect(await read('giles.pem')).toBe(privatePem);
  });

  test('adds the Ed25519 key that is missing', async () => {
    await write('giles.pem', privatePem);
    await write('giles.pub', publicPem);
    const keyring = createFileKeyring({ directory });

    expect(await keyring.publicKeys('giles')).toBe('missing');
    const keys = await keyring.ensureKeys('giles');
    expect(await keyring.publicKeys('giles')).toEqual(keys);
    expect(await createFileKeyring({ directory }).ensureKeys('giles')).toEqual(keys);
  });

  test('keeps a public key whose private key is gone, and says so', async () => {
    await write('giles.pub', publicPem);

    await rejectsWith(createFileKeyring({ directory }).ensureKeys('giles'), 'key-missing');
    expect(await readdir(directory)).toEqual(['giles.pub']);
  });
});

describe('keys made elsewhere', () => {
  test.each([
    ['PKCS#8', privatePem, publicPem],
    ['PKCS#1', privatePkcs1, publicPem],
    ['no newline at the end', privatePem.trimEnd(), publicPem.trimEnd()],
    ['CRLF', privatePem.replaceAll('\n', '\r\n'), publicPem.replaceAll('\n', '\r\n')],
  ])('are used as they are: %s', async (_, pem, pub) => {
    await write('giles.pem', pem);
    await write('giles.pub', pub);
    const keyring = createFileKeyring({ directory });
    const keys = await keyring.ensureKeys('giles');
    const signature = await keyring.sign({ username: 'giles', algorithm: 'rsa-sha256' }, bytes);

    expect(keys.publicKeyPem).toBe(pub);
    expect(await read('giles.pem')).toBe(pem);
    expect(await read('giles.pub')).toBe(pub);
    expect(verify('sha256', bytes, elsewhere.publicKey, signature)).toBe(true);
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const otherPublic = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const curve = generateKeyPairSync('ed25519');
  const pkcs8 = (key: typeof short.privateKey) =>
    key.export({ type: 'pkcs8', format: 'pem' }).toString();

  test.each([
    ['halves of two pairs', privatePem, otherPublic, 'giles.pub'],
    ['a public file that holds the private key', privatePem, privatePem, 'giles.pub'],
    ['a private key after the public one', privatePem, publicPem + privatePem, 'giles.pub'],
    ['an RSA key of 1024 bits', pkcs8(short.privateKey), undefined, 'giles.pem'],
    ['another kind of key', pkcs8(curve.privateKey), undefined, 'giles.pem'],
    ['half a file', privatePem.slice(0, 400), undefined, 'giles.pem'],
    ['an empty file', '', undefined, 'giles.pem'],
  ])('are refused by file name: %s', async (_, pem, pub, culprit) => {
    await write('giles.pem', pem);
    if (pub !== undefined) await write('giles.pub', pub);
    const keyring = createFileKeyring({ directory });

    await expect(keyring.ensureKeys('giles')).rejects.toThrow(join(directory, culprit));
    await rejectsWith(keyring.ensureKeys('giles'), 'key-unusable');
    await rejectsWith(
      keyring.sign({ username: 'giles', algorithm: 'rsa-sha256' }, bytes),
      'key-unusable',
    );
    expect(await read('giles.pem')).toBe(pem);
  });

  test('are closed to other users, with a warning', async () => {
    await write('giles.pem', privatePem);
    await chmod(join(directory, 'giles.pem'), 0o644);
    await chmod(directory, 0o755);
    const warnings: string[] = [];
    const keyring = createFileKeyring({ directory, onWarning: (line) => warnings.push(line) });
    await keyring.ensureKeys('giles');

    expect(await modeOf(join(directory, 'giles.pem'))).toBe(0o600);
    expect(await modeOf(directory)).toBe(0o700);
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).toContain(join(directory, 'giles.pem'));
  });
});

describe('signing', () => {
  test('signs with either key of the user', async () => {
    const keyring = createFileKeyring({ directory, cachedKeys: 1 });
    const { publicKeyPem } = await keyring.ensureKeys('giles');
    const ed25519Public = createPublicKey(await read('giles.ed25519.pem'));

    const rsa = await keyring.sign({ username: 'giles', algorithm: 'rsa-sha256' }, bytes);
    const ed25519 = await keyring.sign({ username: 'giles', algorithm: 'ed25519' }, bytes);
    expect(verify('sha256', bytes, publicKeyPem, rsa)).toBe(true);
    expect(verify(null, bytes, ed25519Public, ed25519)).toBe(true);
  });

  test('finds a key that was made after it was missed', async () => {
    const keyring = createFileKeyring({ directory });
    const keyId = { username: 'giles', algorithm: 'rsa-sha256' } as const;

    await rejectsWith(keyring.sign(keyId, bytes), 'key-missing');
    await write('giles.pem', privatePem);
    expect(verify('sha256', bytes, publicPem, await keyring.sign(keyId, bytes))).toBe(true);
  });

  test('does not leave the directory', async () => {
    await rejectsWith(
      createFileKeyring({ directory }).sign({ username: '../giles', algorithm: 'ed25519' }, bytes),
      'validation-failed',
    );
  });
});
