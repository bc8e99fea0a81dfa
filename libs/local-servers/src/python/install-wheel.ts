import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LocalServerOptions, Missing } from '../local-server.ts';
import { runCommand } from '../processes/run-command.ts';
import type { Python } from './find-python.ts';

interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly python: Python;
  /** For the log. */
  readonly server: string;
  readonly pipArgs?: readonly string[];
}

const installWithinMs = 900_000;

/**
 * Installs a wheel into a folder of the cache, once. A folder by `--target` rather than a venv: it
 * needs no `ensurepip`, which Debian ships apart, and is allowed where the system's Python is
 * externally managed (PEP 668).
 */
export async function installWheel(
  { cacheDir, dataDir, env, log }: LocalServerOptions,
  { name, version, python, server, pipArgs = [] }: Wheel,
): Promise<{ folder: string } | Missing> {
  const folder = join(cacheDir, 'python', `${name.toLowerCase()}-${version}-py${python.version}`);
  if (
    await access(folder).then(
      () => true,
      () => false,
    )
  )
    return { folder };
  const unfinished = `${folder}.${process.pid}`;
  const logFile = join(dataDir, 'logs', 'pip.log');
  log.info({ server }, `${server}: installing ${name} ${version} from PyPI, the first time only`);
  try {
    await mkdir(dirname(folder), { recursive: true });
  } catch {
    return { missing: `the cache folder ${cacheDir} cannot be written, set ARTDAG_CACHE` };
  }
  const args = ['-m', 'pip', 'install', '--target', unfinished, ...pipFlags, ...pipArgs];
  const { code } = await runCommand(
    { command: python.path, args: [...args, `${name}==${version}`] },
    { env, withinMs: installWithinMs, logFile },
  );
  if (code === 0) await rename(unfinished, folder).catch(() => undefined);
  await rm(unfinished, { recursive: true, force: true });
  return code === 0 ? { folder } : { missing: `pip could not install it, see ${logFile}` };
}

const pipFlags = [
  '--only-binary',
  ':all:',
  '--no-input',
  '--disable-pip-version-check',
  '--retries',
  '2',
];
