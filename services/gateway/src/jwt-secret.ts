import { readFileSync } from 'node:fs';
import type { Fault } from '@artdag/errors';

/** The secret of tokens, nothing where one is to be made, or why there is no right one. */
export type JwtSecret =
  | { readonly ok: true; readonly secret: string | undefined }
  | { readonly ok: false; readonly fault: Fault };

/** The secret in the file at `path`, which wins over the one that is given, or must equal it. */
export function chooseJwtSecret(given: string | undefined, path: string): JwtSecret {
  const filed = readSecretFile(path);
  if (!filed.ok) return filed;
  if (given && filed.secret && given !== filed.secret) {
    return refuse('JWT_SECRET', `the same secret as in ${path}, or to be unset`);
  }
  return { ok: true, secret: filed.secret ?? given };
}

function readSecretFile(path: string): JwtSecret {
  try {
    return { ok: true, secret: readFileSync(path, 'utf8').trim() || undefined };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { ok: true, secret: undefined };
    return refuse('ARTDAG_JWT_SECRET_FILE', 'a file that can be read');
  }
}

function refuse(pointer: string, message: string): JwtSecret {
  return { ok: false, fault: { pointer, message } };
}
