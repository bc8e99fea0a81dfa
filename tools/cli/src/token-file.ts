import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '@artdag/errors';
import type { Environment } from '@artdag/runtime';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** Tokens by the URL of the gateway that gave them. */
const Tokens = Type.Record(
  Type.String(),
  Type.Object({ token: Type.String(), username: Type.String(), expires_at: Type.String() }),
);

/** A token that was kept at a log-in. */
export type KeptToken = Static<typeof Tokens>[string];

/** Where tokens are kept between commands, for this user of the machine alone. */
export function tokenPath(env: Environment): string {
  const config = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  return join(config, 'artdag-l2', 'tokens.json');
}

/**
 * The token that is kept for a gateway.
 *
 * @throws AppError `settings-invalid` where others can read the file.
 */
export async function readToken(env: Environment, url: string): Promise<KeptToken | undefined> {
  return (await readTokens(tokenPath(env)))[url];
}

/** Keeps a token, or with `undefined` forgets it. */
export async function keepToken(
  env: Environment,
  url: string,
  token: KeptToken | undefined,
): Promise<void> {
  const path = tokenPath(env);
  const { [url]: _former, ...others } = await readTokens(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const tokens = token ? { ...others, [url]: token } : others;
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(tokens, undefined, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
}

async function readTokens(path: string): Promise<Static<typeof Tokens>> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return {};
  if ((found.mode & 0o077) !== 0) {
    throw new AppError(
      'settings-invalid',
      `${path} is open to other users of this machine: chmod 600 ${path}, and log in anew.`,
    );
  }
  try {
    const tokens: unknown = JSON.parse(await readFile(path, 'utf8'));
    return Value.Check(Tokens, tokens) ? tokens : {};
  } catch {
    // A file that cannot be read holds no token: logging in writes it anew.
    return {};
  }
}
