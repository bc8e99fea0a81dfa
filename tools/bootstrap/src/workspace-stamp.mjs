import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A digest of all that decides what an installation holds. */
export function workspaceStamp(root, machine) {
  const hash = createHash('sha256').update(`${machine.platform}-${machine.arch}-${machine.isMusl}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests(root)]) {
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Every `package.json` of the workspace, by the patterns `folder` and `folder/*` of pnpm-workspace.yaml. */
export function manifests(root) {
  const yaml = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  const [, list = ''] = /^packages:\n((?: *- .*\n)*)/m.exec(yaml) ?? [];
  const patterns = list.split('\n').map((line) => line.replace(/^ *- */, '').replace(/["']/g, ''));
  const folders = patterns.filter(Boolean).flatMap((pattern) => expand(root, pattern));
  return ['.', ...folders]
    .map((folder) => join(folder, 'package.json'))
    .filter((file) => existsSync(join(root, file)));
}

function expand(root, pattern) {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  if (!existsSync(join(root, parent))) return [];
  return readdirSync(join(root, parent))
    .sort()
    .map((name) => join(parent, name));
}
