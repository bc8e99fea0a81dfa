import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chooseCacheDir } from '@artdag/local-servers';

const run = promisify(execFile);
const PIP_FLAGS = ['--only-binary', ':all:', '--no-input', '--disable-pip-version-check'];

/** A script beside this file that needs one package from PyPI. */
export interface PythonScript {
  readonly script: string;
  /** As `cryptography==46.0.7`. */
  readonly requirement: string;
}

/** Runs a script of this folder, and gives what it prints. */
export async function runPython(
  { script, requirement }: PythonScript,
  args: readonly string[],
): Promise<string> {
  const PYTHONPATH = await installOnce(requirement);
  const path = fileURLToPath(new URL(script, import.meta.url));
  const env = { ...process.env, PYTHONPATH };
  return (await run('python3', [path, ...args], { env })).stdout.trim();
}

/** The folder of the cache that has the package; a second run needs no network. */
async function installOnce(requirement: string): Promise<string> {
  const question = 'import sys; print("%d.%d" % sys.version_info[:2])';
  const version = (await run('python3', ['-c', question])).stdout.trim();
  const name = requirement.replace('==', '-').toLowerCase();
  const folder = join(chooseCacheDir(process.env), 'python', `${name}-py${version}`);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  await run('python3', ['-m', 'pip', 'install', '--target', unfinished, ...PIP_FLAGS, requirement]);
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }));
  return folder;
}
