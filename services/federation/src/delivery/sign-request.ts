import { ACTIVITY_JSON } from '@artdag/activitypub';
import type { OutgoingHeaders } from '@artdag/peers';
import { signCavage, signRfc9421 } from '@artdag/signatures';
import type { FederationContext } from '../context.ts';
import type { Knock } from './knock.ts';

/** What is posted, where to, and in whose name. */
export interface OutgoingActivity {
  /** Absolute URL in the form of the WHATWG URL standard. */
  readonly url: string;
  readonly username: string;
  readonly body: Buffer;
  /** More header fields, which are signed too. */
  readonly headers?: OutgoingHeaders;
  /** It was tried before: nothing is to be found out by it any more. */
  readonly isRetry?: boolean;
}

/** The header fields of one try: a signature is made for this moment and never used again. */
export async function signRequest(
  { url, username, body, headers = {} }: OutgoingActivity,
  { scheme, keyType }: Knock,
  { keyring, iris, now }: Pick<FederationContext, 'keyring' | 'iris' | 'now'>,
): Promise<OutgoingHeaders> {
  const isRsa = keyType === 'rsa';
  const algorithm = isRsa ? 'rsa-sha256' : 'ed25519';
  const sign = (bytes: Uint8Array) => keyring.sign({ username, algorithm }, bytes);
  const request = {
    method: 'POST',
    url,
    body,
    contentType: ACTIVITY_JSON,
    headers,
    keyId: isRsa ? iris.mainKey(username) : iris.multikey(username),
    keyType,
    time: now(),
  };
  const signed = await (scheme === 'cavage' ? signCavage : signRfc9421)(request, sign);
  return { ...headers, ...signed, 'content-type': ACTIVITY_JSON };
}
