import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, failure, ok, skipped, warning } from './finding.ts';

const OTHERS = 0o077;
const OTHERS_WRITE = 0o022;

/** Whether private keys are open to other users of the machine. Reads modes, never keys. */
export async function checkKeyFiles(directory: string): Promise<Finding> {
  const names = await readdir(directory).catch(() => undefined);
  if (!names) {
    return warning(
      'key-files',
      `${directory} cannot be read`,
      'Run this as the user of the signer, or make keys: artdag-l2 setup-keys',
    );
  }
  const keys = names.filter((name) => name.endsWith('.pem'));
  if (keys.length === 0) return skipped('key-files', `there is no key in ${directory} yet`);
  const open = await filterOpen(keys.map((name) => join(directory, name)));
  if (open.length > 0) {
    return failure(
      'key-files',
      `open to other users: ${open.join(', ')}`,
      `Close them: chmod 600 ${open.join(' ')}; then think of making new keys.`,
    );
  }
  const { mode } = await stat(directory);
  if ((mode & OTHERS) === 0) return ok('key-files', `${keys.length} private keys, none open`);
  const judge = (mode & OTHERS_WRITE) === 0 ? warning : failure;
  return judge('key-files', `${directory} is open to others`, `Close it: chmod 700 ${directory}`);
}

async function filterOpen(paths: readonly string[]): Promise<string[]> {
  const modes = await Promise.all(paths.map(async (path) => (await stat(path)).mode));
  return paths.filter((_, index) => ((modes[index] ?? 0) & OTHERS) !== 0);
}
