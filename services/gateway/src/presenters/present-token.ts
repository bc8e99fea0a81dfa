import type { IssuedTokenRecord } from '@artdag/store';
import type { IssuedToken } from '../commands/issue-token.ts';

/** The answer to whoever has logged in. */
export function presentToken(username: string, { token, expiresAt }: IssuedToken) {
  return {
    access_token: token,
    token_type: 'bearer' as const,
    username,
    expires_at: expiresAt.toISOString(),
  };
}

/** What a user sees of a token of his. */
export function presentTokenRecord(record: IssuedTokenRecord, currentId: string) {
  return {
    id: record.tokenId,
    l1_server: record.scope ?? null,
    issued_at: record.issuedAt.toISOString(),
    last_used_at: record.lastUsedAt.toISOString(),
    expires_at: record.expiresAt.toISOString(),
    is_current: record.tokenId === currentId,
    known_to: [...record.l1Servers],
  };
}
