import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LocalServerOptions, runCommand } from '@artdag/local-servers';

type Found = { readonly path: string } | { readonly missing: string };

const WITHIN_MS = 60_000;
const MISSING = 'promtool is not on PATH, and Debian packages cannot be had here';

/**
 * promtool on PATH, else out of Debian's package `prometheus`: it is unpacked into the cache, and
 * nothing is installed.
 */
export async function findPromtool({ cacheDir, env }: LocalServerOptions): Promise<Found> {
  if (await succeeds('promtool', ['--version'], env)) return { path: 'promtool' };
  const folder = join(cacheDir, 'promtool');
  const path = join(folder, 'usr/bin/promtool');
  if (await isThere(path)) return { path };
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'promtool-'));
  try {
    if (!(await unpackDebianPackage(work, env))) return { missing: MISSING };
    // Whoever was faster has the same.
    await rename(join(work, 'unpacked'), folder).catch(() => undefined);
    return (await isThere(path)) ? { path } : { missing: MISSING };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The Prometheus server beside {@link findPromtool}: both are in the same package. */
export async function findPrometheus(options: LocalServerOptions): Promise<Found> {
  const promtool = await findPromtool(options);
  if ('missing' in promtool) return promtool;
  const path =
    promtool.path === 'promtool' ? 'prometheus' : join(dirname(promtool.path), 'prometheus');
  const runs = await succeeds(path, ['--version'], options.env);
  return runs ? { path } : { missing: 'promtool is here without Prometheus' };
}

async function unpackDebianPackage(work: string, env: LocalServerOptions['env']): Promise<boolean> {
  const lists = join(work, 'lists');
  await mkdir(join(lists, 'partial'), { recursive: true });
  // Lists of our own: those of the machine may be missing, and stay as they are.
  const own = ['-qq', '-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${work}`];
  const fetched =
    (await succeeds('apt-get', ['-qq', 'download', 'prometheus'], env, work)) ||
    ((await succeeds('apt-get', [...own, 'update'], env, work)) &&
      (await succeeds('apt-get', [...own, 'download', 'prometheus'], env, work)));
  const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (!fetched || archive === undefined) return false;
  return succeeds('dpkg', ['-x', join(work, archive), join(work, 'unpacked')], env, work);
}

async function succeeds(
  command: string,
  args: readonly string[],
  env: LocalServerOptions['env'],
  cwd?: string,
): Promise<boolean> {
  const { code } = await runCommand(
    { command, args },
    { env, withinMs: WITHIN_MS, ...(cwd && { cwd }) },
  );
  return code === 0;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
