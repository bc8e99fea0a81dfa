import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Env } from '../local-server.ts';

/** The full path of a program, looked up as a shell does. */
export async function findOnPath(program: string, env: Env): Promise<string | undefined> {
  const name = process.platform === 'win32' ? `${program}.exe` : program;
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, name);
    const isExecutable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return file;
  }
  return undefined;
}
