import { Type } from 'typebox';
import { Value } from 'typebox/value';

const Token = Type.Object({ access_token: Type.String() });
const CONNECTIONS = 8;

/** Makes a user and returns his token. */
export async function registerAccount(gatewayUrl: string, username: string): Promise<string> {
  const answer = await post(`${gatewayUrl}/auth/register`, {
    username,
    password: 'only for benchmarks',
  });
  return Value.Parse(Token, await answer.json()).access_token;
}

/** Registers `count` assets of the user who has the token, numbered from `first`. */
export async function registerAssets(
  gatewayUrl: string,
  token: string,
  count: number,
  first = 0,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => first + index)[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (const number of numbers) {
        const asset = {
          name: `work-${number}`,
          content_hash: `hash-${number}`,
          asset_type: 'image',
        };
        const answer = await post(`${gatewayUrl}/registry`, asset, token);
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`a registration was answered by ${answer.status}`);
      }
    }),
  );
}

function post(url: string, body: object, token?: string): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
