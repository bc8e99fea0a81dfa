import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  createEddsaJcs2022Proof,
  encodeEd25519Multikey,
  fromPlainValue,
  signCavage,
  signRfc9421,
} from '@artdag/signatures';
import type { RemoteActor } from '@artdag/store';

/** A request that a test makes. */
export interface TestPost {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload: Buffer;
}

/** What of a post a test decides. */
export interface PostOptions {
  readonly to?: string;
  readonly scheme?: 'cavage' | 'rfc9421';
  readonly keyType?: 'rsa' | 'ed25519';
  readonly time?: Date;
  /** Whether the signature covers a digest of the body. */
  readonly isDigestCovered?: boolean;
  readonly isContentTypeCovered?: boolean;
  /** More header fields, which the signature covers. */
  readonly more?: Readonly<Record<string, string>>;
}

export const ORIGIN = 'https://l2.example';
const CONTEXT = 'https://www.w3.org/ns/activitystreams';
const CONTENT_TYPE = 'application/activity+json';

const makeKeys = () => ({
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: generateKeyPairSync('ed25519'),
});

let counter = 0;

/** An actor of another server, with his keys. */
export function createPeer(username = 'ann', origin = 'https://peer.example') {
  const actorIri = `${origin}/users/${username}`;
  let keys = makeKeys();
  const keyIds = { rsa: `${actorIri}#main-key`, ed25519: `${actorIri}#ed25519-key` };

  const signWith = (keyType: 'rsa' | 'ed25519') => async (bytes: Uint8Array) =>
    sign(keyType === 'rsa' ? 'sha256' : null, bytes, keys[keyType].privateKey);

  return {
    actorIri,
    keyIds,
    /** As the federation worker would store him. */
    actor: (): RemoteActor => ({
      actorIri,
      type: 'Person',
      inbox: `${actorIri}/inbox`,
      keys: [
        { keyId: keyIds.rsa, publicKey: toPem(keys.rsa.publicKey) },
        { keyId: keyIds.ed25519, publicKey: encodeEd25519Multikey(keys.ed25519.publicKey) },
      ],
      fetchedAt: new Date(),
      isGone: false,
    }),
    rotateKeys() {
      keys = makeKeys();
    },
    /** An activity of his, `more` on top. */
    activity(more: object = {}): object {
      counter += 1;
      const id = `${origin}/activities/${counter}`;
      return {
        '@context': CONTEXT,
        id,
        type: 'Create',
        actor: actorIri,
        object: `${id}/o`,
        ...more,
      };
    },
    async prove(activity: object): Promise<object> {
      const proof = await createEddsaJcs2022Proof(
        {
          document: fromPlainValue(activity),
          verificationMethod: keyIds.ed25519,
          created: new Date().toISOString(),
        },
        signWith('ed25519'),
      );
      return { ...activity, proof };
    },
    /** Header fields of a signed GET. */
    async signGet(
      url: string,
      options: Pick<PostOptions, 'scheme' | 'keyType' | 'time'> = {},
    ): Promise<Record<string, string>> {
      const { scheme = 'cavage', keyType = 'rsa', time = new Date() } = options;
      const form = scheme === 'cavage' ? signCavage : signRfc9421;
      const request = { method: 'GET', url, keyId: keyIds[keyType], keyType, time };
      return { host: new URL(url).host, ...(await form(request, signWith(keyType))) };
    },
    async post(content: object | string | Buffer, options: PostOptions = {}): Promise<TestPost> {
      const { scheme = 'cavage', keyType = 'rsa' } = options;
      const { isDigestCovered = true, isContentTypeCovered = isDigestCovered } = options;
      const payload = toBytes(content);
      const path = options.to ?? '/inbox';
      const request = {
        method: 'POST',
        url: `${ORIGIN}${path}`,
        keyId: keyIds[keyType],
        keyType,
        time: options.time ?? new Date(),
        ...(isDigestCovered && { body: payload }),
        ...(isContentTypeCovered && { contentType: CONTENT_TYPE }),
        ...(options.more && { headers: options.more }),
      };
      const form = scheme === 'cavage' ? signCavage : signRfc9421;
      const signed = await form(request, signWith(keyType));
      const headers = {
        host: new URL(ORIGIN).host,
        'content-type': CONTENT_TYPE,
        ...options.more,
        ...signed,
      };
      return { url: path, headers, payload };
    },
  };
}

/** An actor of another server. */
export type Peer = ReturnType<typeof createPeer>;

function toBytes(content: object | string | Buffer): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
}

function toPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
