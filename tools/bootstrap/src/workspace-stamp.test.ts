import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { manifests, workspaceStamp } from './workspace-stamp.mjs';

const machine = { platform: 'linux', arch: 'x64', isMusl: false };
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'artdag-stamp-'));
  for (const folder of ['libs/one', 'libs/two', 'tests'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(
    join(root, 'pnpm-workspace.yaml'),
    'packages:\n  - libs/*\n  - "tests"\n\ncatalog:\n  a: 1\n',
  );
  writeFileSync(join(root, 'pnpm-lock.yaml'), 'lock');
  for (const folder of ['', 'libs/one', 'tests'])
    writeFileSync(join(root, folder, 'package.json'), '{}');
  return () => rmSync(root, { recursive: true });
});

test('finds the manifests of the workspace', () => {
  expect(manifests(root)).toEqual(['package.json', 'libs/one/package.json', 'tests/package.json']);
});

test('stays the same while nothing changes', () => {
  expect(workspaceStamp(root, machine)).toBe(workspaceStamp(root, machine));
});

test.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tests/package.json', 'libs/two/package.json'])(
  'changes with %s',
  (file) => {
    const before = workspaceStamp(root, machine);
    writeFileSync(join(root, file), 'packages:\n  - libs/*\n  - tests\n');
    expect(workspaceStamp(root, machine)).not.toBe(before);
  },
);

test('changes with the platform', () => {
  const other = workspaceStamp(root, { ...machine, isMusl: true });
  expect(other).not.toBe(workspaceStamp(root, machine));
});
