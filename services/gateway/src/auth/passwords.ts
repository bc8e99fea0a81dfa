import { hash, verify } from '@node-rs/argon2';
import bcrypt from 'bcryptjs';

/** Whether a password is right, and whether its hash should be made anew in today's form. */
export type PasswordVerdict = 'wrong' | 'right' | 'right-but-old';

/** What a wrong user name is compared with, so that it takes as long as a wrong password. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$Cl1PuVmhsI7y2V8EOWAT1w$u6m9lzDpklzFmdq8x+QyYKQy8c+SkN2Hd3hTfYFNlNc';

/** An argon2id hash as a PHC string, with the parameters that OWASP names (19 MiB, 2 passes). */
export function hashPassword(password: string): Promise<string> {
  return hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

/** Compares a password with a hash: argon2id, or bcrypt for users who came from elsewhere. */
export async function checkPassword(
  password: string,
  passwordHash: string | null,
): Promise<PasswordVerdict> {
  if (passwordHash?.startsWith('$2')) {
    return (await bcrypt.compare(password, passwordHash)) ? 'right-but-old' : 'wrong';
  }
  const isRight = await verify(passwordHash ?? NOBODY, password);
  return isRight && passwordHash !== null ? 'right' : 'wrong';
}
