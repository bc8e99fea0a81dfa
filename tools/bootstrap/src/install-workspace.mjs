import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from './explain-failure.mjs';
import { thisMachine } from './platform-packages.mjs';
import { Problem } from './problem.mjs';
import { runLogged } from './run-logged.mjs';
import { sayProgress } from './say.mjs';
import { findPnpm } from './toolchain.mjs';
import { workspaceStamp } from './workspace-stamp.mjs';

/** The version of pnpm is settled already, so it need not look for itself in the lockfile. */
const flags = [
  ...['--frozen-lockfile', '--prefer-offline', '--pm-on-fail=ignore'],
  ...['--reporter=append-only', '--config.confirm-modules-purge=false'],
];

/** Installs the packages of the workspace unless exactly these are installed. */
export async function installWorkspace({ root, cache, env }) {
  const stampFile = join(root, 'node_modules', '.artdag-installed');
  const stamp = workspaceStamp(root, thisMachine());
  if (readIfThere(stampFile) === stamp) return;
  const pnpm = await findPnpm({ root, cache });
  const done = sayProgress('Installing the packages of the workspace');
  const logFile = join(cache, 'logs', 'pnpm-install.log');
  const result = await runLogged([pnpm, 'install', ...flags], { cwd: root, env, logFile });
  done(result.code === 0 ? 'done' : 'failed');
  if (result.code !== 0) throw new Problem(explainFailure('The workspace', result, logFile));
  writeFileSync(stampFile, stamp);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
