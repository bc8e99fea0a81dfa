import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '@artdag/local-servers';

/** What the image holds, as a folder of this machine. */
export interface ImageFolder extends AsyncDisposable {
  /** `WORKDIR` of the image. */
  readonly app: string;
  /** The program that `node` is in the image, where every user may run it. */
  readonly node: string;
  /** `ENV` of the image. */
  readonly env: Readonly<Record<string, string>>;
  /** Command of its `HEALTHCHECK`. */
  readonly healthCheck: readonly string[];
  readonly user: { readonly uid: number; readonly gid: number };
  /** Where what is only for one run goes. */
  readonly root: string;
}

const repository = fileURLToPath(new URL('../../', import.meta.url));
const INSTALL_MS = 120_000;

/** Does what `deploy/Dockerfile` does: copies what is not ignored, and runs its installation. */
export async function buildImageFolder(): Promise<ImageFolder> {
  const dockerfile = await readFile(join(repository, 'deploy/Dockerfile'), 'utf8');
  const root = await mkdtemp(join(tmpdir(), 'artdag-image-'));
  await chmod(root, 0o755);
  const app = join(root, 'app');
  const node = join(root, 'bin', 'node');
  await mkdir(join(root, 'bin'));
  await copyFile(process.execPath, node);
  await copyContext(app);
  const install = joinLines(dockerfile).find((line) => line.includes('pnpm install'));
  const [command = '', ...args] = (install ?? '')
    .replace(/^RUN /, '')
    .replaceAll('"', '')
    .split(/\s+/);
  const { code, output } = await runCommand(
    { command, args: [...args, '--prefer-offline'] },
    { env: { ...process.env, CI: 'true' }, cwd: app, withinMs: INSTALL_MS },
  );
  if (code !== 0) throw new Error(`the image cannot be installed:\n${output}`);
  const [, uid, gid] = /^USER (\d+):(\d+)$/m.exec(dockerfile) ?? [];
  return {
    root,
    app,
    node,
    env: readEnv(dockerfile),
    healthCheck: JSON.parse(
      /HEALTHCHECK .*? CMD (\[.*\])/.exec(joinLines(dockerfile).join('\n'))?.[1] ?? '[]',
    ),
    user: { uid: Number(uid), gid: Number(gid) },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** `.dockerignore` has names of the first level, and `**` before those of any level. */
async function copyContext(app: string): Promise<void> {
  const lines = (await readFile(join(repository, '.dockerignore'), 'utf8')).split('\n');
  const ignored = new Set(lines.filter(Boolean));
  await cp(repository, app, {
    recursive: true,
    filter: (source) =>
      !ignored.has(relative(repository, source)) && !ignored.has(`**/${basename(source)}`),
  });
}

function joinLines(dockerfile: string): string[] {
  return dockerfile.replaceAll(/\\\n\s*/g, '').split('\n');
}

function readEnv(dockerfile: string): Record<string, string> {
  const assignments = joinLines(dockerfile)
    .filter((line) => line.startsWith('ENV '))
    .flatMap((line) => line.slice('ENV '.length).split(/\s+/));
  return Object.fromEntries(assignments.map((text) => text.split('=', 2) as [string, string]));
}
