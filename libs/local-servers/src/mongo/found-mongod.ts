import type { Env, Found, Missing } from '../local-server.ts';
import { isAtLeast, readVersion } from '../processes/read-version.ts';

/** A `mongod` binary that runs here and that the driver can talk to. */
export async function foundMongod(binary: string, env: Env): Promise<Found | Missing> {
  const version = await readVersion(binary, env);
  if (version === undefined) return { missing: `${binary} does not run on this machine` };
  if (!isAtLeast(version, 5, 0)) return { missing: `${binary} is ${version.text}, 5.0 is needed` };
  return {
    description: `mongod ${version.text} (${binary})`,
    launch: ({ port, dataDir }) => ({ command: binary, args: mongodArgs(port, dataDir) }),
  };
}

function mongodArgs(port: number, dataDir: string): string[] {
  const args = ['--dbpath', dataDir, '--bind_ip', '127.0.0.1', '--port', String(port)];
  return process.platform === 'win32' ? args : [...args, '--nounixsocket'];
}
