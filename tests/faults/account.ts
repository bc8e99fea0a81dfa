import { randomUUID } from 'node:crypto';

/** A user of a constellation, with his token. */
export interface Account {
  readonly username: string;
  readonly token: string;
}

/** Registers a user who is nobody else's. */
export async function createAccount(gatewayUrl: string): Promise<Account> {
  const username = `u${randomUUID().slice(0, 13)}`;
  const response = await fetch(`${gatewayUrl}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'correct horse battery' }),
  });
  if (!response.ok) throw new Error(`no account: ${await response.text()}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return { username, token };
}
