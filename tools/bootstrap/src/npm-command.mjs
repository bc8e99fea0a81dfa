import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How to run npm: the one that started us, else the one beside this Node.js, else the one on PATH. */
export function npmCommand() {
  const bin = dirname(process.execPath);
  const scripts = [
    process.env.npm_execpath ?? '',
    join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(bin, 'node_modules/npm/bin/npm-cli.js'),
  ];
  const script = scripts.find((file) => file.endsWith('npm-cli.js') && existsSync(file));
  return script === undefined ? ['npm'] : [process.execPath, script];
}
