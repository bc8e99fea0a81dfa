import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { installerEnv } from './child-env.mjs';
import { explainFailure } from './explain-failure.mjs';
import { npmCommand } from './npm-command.mjs';
import { Problem } from './problem.mjs';
import { runLogged } from './run-logged.mjs';
import { sayProgress } from './say.mjs';

/**
 * The path of a package's binary in the cache, installed from npm if it is not there yet. The
 * folder gets its name only when it is complete: an interrupted download leaves no half of one.
 */
export async function installPackage({ cache, title, name, version, file }) {
  const folder = join(
    cache,
    'toolchain',
    `${title.toLowerCase()}-${version}-${process.platform}-${process.arch}`,
  );
  const inFolder = join('node_modules', name, file);
  const binary = join(folder, inFolder);
  if (existsSync(binary)) return binary;
  const what = `${title} ${version}`;
  const partial = `${folder}.${process.pid}.partial`;
  makeFolder(partial, cache);
  try {
    const done = sayProgress(`Installing ${what} into ${cache}`);
    const logFile = join(cache, 'logs', `${basename(folder)}.log`);
    const flags = [
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--loglevel=http',
    ];
    const command = [
      ...npmCommand(),
      'install',
      '--prefix',
      partial,
      ...flags,
      `${name}@${version}`,
    ];
    const result = await runLogged(command, { cwd: partial, env: installerEnv(), logFile });
    done(result.code === 0 ? 'done' : 'failed');
    if (result.code !== 0) throw new Problem(explainFailure(what, result, logFile));
    checkRuns(join(partial, inFolder), what);
    putInPlace(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return binary;
}

function makeFolder(folder, cache) {
  try {
    mkdirSync(folder, { recursive: true });
    removeAbandoned(dirname(folder));
  } catch (error) {
    throw new Problem(
      `The cache folder ${cache} cannot be written (${error.code}): make it writable, or set ARTDAG_CACHE to a folder that is.`,
    );
  }
}

/** What killed installations left. */
function removeAbandoned(folder) {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.partial$/.exec(name) ?? [];
    if (pid && !isRunning(Number(pid)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Some Linux systems have a C library too old for the binary. */
function checkRuns(binary, what) {
  const { status, stderr, error } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (status === 0) return;
  const [reason] = (stderr || error?.message || `exit code ${status}`).trim().split('\n');
  throw new Problem(
    `${what} from npm does not run on this machine (${reason}): install it by hand, then run this again.`,
  );
}

/** Another start may have been faster: its result is as good. */
function putInPlace(partial, folder) {
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
