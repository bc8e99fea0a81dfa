import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const INSTALL_MS = 300_000;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The Chromium to test with: `CHROMIUM_PATH`, or one on the PATH, or Debian's, which is installed
 * where this process may do that. Nowhere else is one to be had without asking other hosts.
 */
export async function findChromium(env: Env): Promise<string | undefined> {
  return env['CHROMIUM_PATH'] || (await findOnPath(env)) || (await installChromium(env));
}

async function findOnPath(env: Env): Promise<string | undefined> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const file of NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function installChromium(env: Env): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !(await isExecutable('/usr/bin/apt-get'))) return undefined;
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: INSTALL_MS };
  const packages = ['chromium', 'fonts-dejavu-core'];
  try {
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  } catch {
    return undefined;
  }
  return findOnPath(env);
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
