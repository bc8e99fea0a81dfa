import type { IssuedToken } from '../auth/tokens.ts';

/** The answer to whoever has logged in. */
export function presentToken(username: string, { token, expiresAt }: IssuedToken) {
  return {
    access_token: token,
    token_type: 'bearer' as const,
    username,
    expires_at: expiresAt.toISOString(),
  };
}
