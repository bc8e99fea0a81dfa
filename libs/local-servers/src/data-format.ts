import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const marker = 'artdag-format';

/** Which engine wrote the files in `dataDir`, if one did. */
export async function readDataFormat(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, marker), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

export async function writeDataFormat(dataDir: string, format: string): Promise<void> {
  await writeFile(join(dataDir, marker), `${format}\n`);
}
