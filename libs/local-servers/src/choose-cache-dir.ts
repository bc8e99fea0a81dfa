import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloads are kept: `ARTDAG_CACHE`, else the user's cache folder. The bootstrap chooses by the same rule. */
export function chooseCacheDir(env: Readonly<Record<string, string | undefined>>): string {
  if (env['ARTDAG_CACHE']) return env['ARTDAG_CACHE'];
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'artdag-l2');
}
