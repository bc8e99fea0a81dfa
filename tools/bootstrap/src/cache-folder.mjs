import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** `ARTDAG_CACHE`, else the user's cache folder. The local servers choose by the same rule. */
export function chooseCacheFolder(env) {
  if (env.ARTDAG_CACHE) return resolve(env.ARTDAG_CACHE);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'artdag-l2');
}
