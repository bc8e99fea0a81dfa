import { delimiter, dirname, join } from 'node:path';

/** What npm tells its scripts about its own run; `--prefix` alone would hide the machine's npmrc from a second npm. */
const ofThisRun =
  /^npm_(lifecycle|package|command|config_(globalconfig|local_prefix|prefix|global|global_prefix|location|workspace|workspaces|dry_run|ignore_scripts|omit|include|engine_strict))/;

/** The environment of an npm that installs something of our own. */
export function installerEnv() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisRun.test(name)));
}

/**
 * The environment of what is run in the end: its `node` first, the cache already chosen, and
 * compiled code kept, with which a process starts in half the time.
 */
export function childEnv({ node, cache }) {
  const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  return {
    ...installerEnv(),
    PATH: path,
    ARTDAG_CACHE: cache,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(cache, 'compiled'),
  };
}
