import { randomUUID } from 'node:crypto';
import { signRfc9421 } from '@artdag/signatures';
import type { L1SyncContext } from '../context.ts';
import type { L1Message } from './l1-client.ts';

const JSON_TYPE = 'application/json';

/** What an L1 is to be told, and in whose name. */
export interface L1News {
  readonly url: string;
  readonly username: string;
  readonly content: object;
}

/** A signed message: by the key of the user, which his actor shows, so the L1 needs no secret of ours. */
export async function buildMessage(
  { url, username, content }: L1News,
  { keyring, iris, now }: Pick<L1SyncContext, 'keyring' | 'iris' | 'now'>,
): Promise<L1Message> {
  const body = Buffer.from(JSON.stringify(content));
  const headers = { 'x-request-id': randomUUID() };
  const signed = await signRfc9421(
    {
      method: 'POST',
      url,
      body,
      contentType: JSON_TYPE,
      headers,
      keyId: iris.mainKey(username),
      keyType: 'rsa',
      time: now(),
    },
    (bytes) => keyring.sign({ username, algorithm: 'rsa-sha256' }, bytes),
  );
  return { url, body, headers: { ...headers, ...signed, 'content-type': JSON_TYPE } };
}
