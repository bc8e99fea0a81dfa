import type { Env, Missing } from '../local-server.ts';
import { findOnPath } from '../processes/find-on-path.ts';
import { runCommand } from '../processes/run-command.ts';

export interface DockerEngine {
  readonly client: string;
  /** Whether the engine runs without root: root in a container is then the user outside. */
  readonly isRootless: boolean;
}

/** The Docker engine that the client on PATH reaches, if one answers within a few seconds. */
export async function dockerEngine(env: Env): Promise<DockerEngine | Missing> {
  const client = await findOnPath('docker', env);
  if (client === undefined) return { missing: 'no docker client on PATH' };
  const args = ['info', '--format', '{{.ServerVersion}} {{.SecurityOptions}}'];
  const { code, output } = await runCommand({ command: client, args }, { env, withinMs: 5_000 });
  if (code !== 0) return { missing: 'no Docker engine answers' };
  return { client, isRootless: output.includes('rootless') };
}
