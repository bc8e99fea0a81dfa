import type { Env, Found, Missing } from '../local-server.ts';
import { isAtLeast, readVersion } from '../processes/read-version.ts';
import { localRedisArgs } from './redis-args.ts';

/** A Redis or Valkey binary that runs here and that BullMQ can use. */
export async function foundRedis(binary: string, env: Env): Promise<Found | Missing> {
  const version = await readVersion(binary, env);
  if (version === undefined) return { missing: `${binary} does not run on this machine` };
  if (!isAtLeast(version, 6, 2)) return { missing: `${binary} is ${version.text}, 6.2 is needed` };
  return {
    description: `version ${version.text} (${binary})`,
    launch: (place) => ({ command: binary, args: localRedisArgs(place) }),
  };
}
