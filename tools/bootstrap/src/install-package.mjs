import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installerEnv } from './child-env.mjs';
import { explainFailure } from './explain-failure.mjs';
import { npmCommand } from './npm-command.mjs';
import { Problem } from './problem.mjs';
import { runLogged } from './run-logged.mjs';
import { sayProgress } from './say.mjs';

/** The wait between npm's attempts is short: somebody looks on. */
const flags = [
  ...['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=http'],
  ...['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
];

/**
 * The path of a package's binary in the cache, installed from npm if it is not there yet. The
 * folder gets its name only when it is complete: an interrupted download leaves no half of one.
 */
export async function installPackage({ cache, title, name, version, file }) {
  const what = `${title} ${version}`;
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(cache, 'toolchain', `${title.toLowerCase()}-${version}-${platform}`);
  const inFolder = join('node_modules', name, file);
  if (existsSync(join(folder, inFolder))) return join(folder, inFolder);
  const partial = `${folder}.${process.pid}.partial`;
  makeProject(partial, cache);
  try {
    await download({ what, spec: `${name}@${version}`, into: partial, cache });
    checkRuns(join(partial, inFolder), what);
    putInPlace(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return join(folder, inFolder);
}

async function download({ what, spec, into, cache }) {
  const done = sayProgress(`Installing ${what} into ${cache}`);
  const logFile = join(cache, 'logs', `${what.toLowerCase().replace(' ', '-')}.log`);
  const command = [...npmCommand(), 'install', ...flags, spec];
  const result = await runLogged(command, { cwd: into, env: installerEnv(), logFile });
  done(result.code === 0 ? 'done' : 'failed');
  if (result.code !== 0) throw new Problem(explainFailure(what, result, logFile));
}

/** A manifest makes npm install here; its `--prefix` would also hide the machine's npmrc. */
function makeProject(folder, cache) {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
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
