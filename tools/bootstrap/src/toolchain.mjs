import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage } from './install-package.mjs';
import { nodePackage, pnpmPackage, thisMachine } from './platform-packages.mjs';
import { Problem } from './problem.mjs';
import { isAcceptedNode, pinnedNode } from './versions.mjs';

/** The Node.js to run with: this one if it will do, else the pinned one from the cache or from npm. */
export async function findNode(cache) {
  if (isAcceptedNode(process.version)) return process.execPath;
  const byHand = `install Node.js ${pinnedNode} or a later 24 by hand, then run this again`;
  const machine = thisMachine();
  const found = nodePackage(machine);
  if (found === undefined) {
    const system = machine.isMusl ? 'a Linux with musl' : `${machine.platform}-${machine.arch}`;
    throw new Problem(`npm carries no Node.js for ${system}: ${byHand}.`);
  }
  return installPackage({ cache, title: 'Node', ...found });
}

/** The pnpm that `package.json` names, from the cache or from npm. */
export async function findPnpm({ root, cache }) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = packageManager.replace(/^pnpm@/, '').replace(/\+.*/, '');
  return installPackage({ cache, title: 'pnpm', ...pnpmPackage(thisMachine(), version) });
}
