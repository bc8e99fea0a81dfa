import type { Found, LocalServerOptions, Missing } from '../local-server.ts';
import { runCommand } from '../processes/run-command.ts';
import { type DockerEngine, dockerEngine } from './docker-engine.ts';

interface ImageUse {
  /** For the log. */
  readonly server: string;
  readonly image: string;
  /** The port inside the container. */
  readonly port: number;
  /** Program and arguments; the data is at `/data`. */
  readonly command: readonly [string, ...string[]];
}

const pullWithinMs = 900_000;
const stopWithinS = 15;

/** An image that a Docker engine here can run, pulled if need be. */
export async function findImage(
  { env, log }: LocalServerOptions,
  use: ImageUse,
): Promise<Found | Missing> {
  const engine = await dockerEngine(env);
  if ('missing' in engine) return engine;
  const docker = (args: readonly string[], withinMs: number) =>
    runCommand({ command: engine.client, args }, { env, withinMs });
  if ((await docker(['image', 'inspect', use.image], 10_000)).code !== 0) {
    log.info({ server: use.server }, `${use.server}: pulling ${use.image}, the first time only`);
    const { code } = await docker(['pull', '--quiet', use.image], pullWithinMs);
    if (code !== 0) return { missing: 'the image cannot be pulled' };
  }
  return {
    description: `Docker image ${use.image}`,
    launch: ({ port, dataDir }) => {
      const name = `artdag-${use.server.toLowerCase()}-${process.pid}-${port}`;
      return {
        command: engine.client,
        args: runArgs(engine, use, { name, port, dataDir }),
        stop: { command: engine.client, args: ['stop', '-t', String(stopWithinS), name] },
      };
    },
  };
}

/** The image's own entry point would give the files to another user. */
function runArgs(
  engine: DockerEngine,
  { image, port: inside, command: [program, ...args] }: ImageUse,
  { name, port, dataDir }: { name: string; port: number; dataDir: string },
): string[] {
  const user = engine.isRootless ? '0:0' : `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  return [
    ...['run', '--rm', '--name', name, '--user', user, '--entrypoint', program],
    ...['--publish', `127.0.0.1:${port}:${inside}`, '--volume', `${dataDir}:/data`],
    ...[image, ...args],
  ];
}
