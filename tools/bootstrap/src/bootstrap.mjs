import { delimiter, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseCacheFolder } from './cache-folder.mjs';
import { childEnv } from './child-env.mjs';
import { handOver } from './hand-over.mjs';
import { installWorkspace } from './install-workspace.mjs';
import { Problem } from './problem.mjs';
import { runCommand } from './run-command.mjs';
import { runTests } from './run-tests.mjs';
import { say } from './say.mjs';
import { findNode, findPnpm } from './toolchain.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** `start`, `test`, `cli` or `exec`, with arguments: sets up what is missing, then runs it. */
export async function bootstrap([mode, ...args]) {
  try {
    process.exitCode = await run(mode, args);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

async function run(mode, args) {
  const cache = chooseCacheFolder(process.env);
  const node = await findNode(cache);
  const env = childEnv({ node, cache });
  await installWorkspace({ root, cache, env });
  switch (mode) {
    case 'start':
      say('Starting the server');
      return handOver(node, ['services/all-in-one/src/main.ts', ...args], {
        root,
        env,
        ownGroup: true,
      });
    case 'test':
      return runTests({ node, root, env: await withPnpm(env, cache), args });
    case 'cli':
      return handOver(node, ['tools/cli/src/main.ts', ...args], { root, env });
    case 'exec':
      return runCommand(args, { root, env: await withPnpm(env, cache) });
    default:
      throw new Problem('Say what to do: start, test, cli or exec.');
  }
}

/** Developers' commands, and the test that installs as the image does, call pnpm by its name. */
async function withPnpm(env, cache) {
  const folder = dirname(await findPnpm({ root, cache }));
  return { ...env, PATH: [env.PATH, folder].join(delimiter) };
}
