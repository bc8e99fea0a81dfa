import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@artdag/errors';
import type { JwtKey, JwtKeyRepository } from '@artdag/store';
import { calculateJwkThumbprint } from 'jose';
import { chooseSigningKey, type JudgedKey, judgeJwtKeys } from './judge-jwt-keys.ts';
import type { KeySeal } from './seal-key.ts';
import type { TokenKeys } from './token-keys.ts';

/** How {@link EddsaKeys} are made. */
export interface EddsaKeyOptions {
  readonly repository: JwtKeyRepository;
  readonly seal: KeySeal;
  /** Life of the tokens that this gateway issues. */
  readonly lifeSeconds: number;
  readonly onWarning: (message: string) => void;
}

/** Ed25519 keys that all gateways share. */
export interface EddsaKeys extends TokenKeys {
  /** Keys that are believed, from the first to the last. */
  list(now: Date): Promise<JudgedKey[]>;
  /**
   * Makes the next key. It is published at once and signs a little later, so that whoever keeps our keys
   * for a while has it by then; `atOnce`: it signs from now on, and no older key is believed.
   *
   * @throws AppError `conflict`
   */
  rotate(now: Date, atOnce: boolean): Promise<void>;
}

/** For this long L1s may keep the keys, and each key is published for twice as long before it signs. */
export const KEYS_FRESH_SECONDS = 300;
const PUBLISHED_BEFORE_MS = 2 * KEYS_FRESH_SECONDS * 1000;
/** What another gateway has changed is seen after this time. */
const REREAD_AFTER_MS = 5000;
/** A key that nobody has heard of is looked for no more often than this. */
const UNKNOWN_AFTER_MS = 500;

/**
 * Ed25519 keys in the store, the private halves sealed. Where none is there that this gateway can open,
 * it makes one.
 */
export async function createEddsaKeys(options: EddsaKeyOptions, now: Date): Promise<EddsaKeys> {
  const { repository, lifeSeconds, onWarning } = options;
  const read = createKeyReader(repository);
  const publicKeys = new Map<string, KeyObject>();

  const list = async (at: Date, maxAgeMs = REREAD_AFTER_MS) =>
    judgeJwtKeys(await read(at, maxAgeMs), at);

  async function findSigner(at: Date): Promise<OpenedKey | undefined> {
    const opened = (await list(at)).flatMap((judged) => {
      const privateKey = openKey(judged.key, options.seal);
      return privateKey ? { ...judged, privateKey } : [];
    });
    return chooseSigningKey(opened, at);
  }

  /** Adds the key that comes after those which were seen; `duplicate` where another process did so. */
  async function add(
    seen: readonly JwtKey[],
    times: Pick<JwtKey, 'signsFrom' | 'endsOlder'>,
  ): Promise<'inserted' | 'duplicate'> {
    const sequence = (seen.at(-1)?.sequence ?? 0) + 1;
    return repository.insert(await generateKey({ sequence, lifeSeconds, ...times }, options.seal));
  }

  /** Lets old keys go when their time has come. Safe to run at any time, any number of times. */
  async function tidy(at: Date): Promise<void> {
    const signer = await findSigner(at);
    for (const { key } of await list(at, 0))
      if (signer && key.sequence >= signer.key.sequence)
        await repository.noteLife(key.kid, lifeSeconds);
    const believed = new Map(
      (await list(at, 0)).map(({ key, believedUntil }) => [key.kid, believedUntil]),
    );
    for (const { kid } of await repository.list()) {
      const end = believed.has(kid) ? believed.get(kid) : at;
      if (end) await repository.expire(kid, end);
    }
  }

  const seen = await read(now, 0);
  if (!(await findSigner(now))) {
    if (seen.length > 0)
      onWarning('JWT_SECRET is not the one that closed the keys of tokens: a new key signs');
    await add(seen, { signsFrom: now, endsOlder: false });
  }
  await tidy(now);

  return {
    algorithm: 'EdDSA',
    list,
    async signingKey(at) {
      const signer = await findSigner(at);
      if (!signer) throw new AppError('key-missing', 'There is no key that signs tokens.');
      return { key: signer.privateKey, kid: signer.key.kid };
    },
    async verifyingKey(kid, at) {
      const isNamed = ({ key }: JudgedKey) => key.kid === kid;
      const judged =
        (await list(at)).find(isNamed) ?? (await list(at, UNKNOWN_AFTER_MS)).find(isNamed);
      if (!judged) return undefined;
      const known = publicKeys.get(judged.key.kid);
      const key = known ?? createPublicKey({ key: publicJwk(judged.key), format: 'jwk' });
      publicKeys.set(judged.key.kid, key);
      return key;
    },
    async published(at) {
      const use = { alg: 'EdDSA', use: 'sig' };
      return (await list(at)).map(({ key }) => ({ ...publicJwk(key), kid: key.kid, ...use }));
    },
    async rotate(at, atOnce) {
      const signsFrom = new Date(at.getTime() + (atOnce ? 0 : PUBLISHED_BEFORE_MS));
      const added = await add(await read(at, 0), { signsFrom, endsOlder: atOnce });
      if (added === 'duplicate')
        throw new AppError('conflict', 'Another key was made at this moment: look at the list.');
      await tidy(at);
    },
  };
}

interface OpenedKey extends JudgedKey {
  readonly privateKey: KeyObject;
}

/** Reads the keys anew once what is known is older than the reader wants. */
function createKeyReader(repository: Pick<JwtKeyRepository, 'list'>) {
  let known: { readonly at: number; readonly keys: Promise<readonly JwtKey[]> } | undefined;
  return (at: Date, maxAgeMs: number): Promise<readonly JwtKey[]> => {
    if (known && Math.abs(at.getTime() - known.at) < maxAgeMs) return known.keys;
    const reading = { at: at.getTime(), keys: repository.list() };
    known = reading;
    reading.keys.catch(() => {
      if (known === reading) known = undefined;
    });
    return reading.keys;
  };
}

function publicJwk({ publicKey }: Pick<JwtKey, 'publicKey'>) {
  return { kty: 'OKP', crv: 'Ed25519', x: publicKey };
}

function openKey(key: JwtKey, seal: KeySeal): KeyObject | undefined {
  const d = seal.open(key.sealedKey, key.kid)?.toString('base64url');
  if (d === undefined) return undefined;
  return createPrivateKey({ key: { ...publicJwk(key), d }, format: 'jwk' });
}

async function generateKey(
  rest: Omit<JwtKey, 'kid' | 'publicKey' | 'sealedKey'>,
  seal: KeySeal,
): Promise<JwtKey> {
  const { privateKey } = await promisify(generateKeyPair)('ed25519');
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint(publicJwk({ publicKey: x }));
  return { kid, publicKey: x, sealedKey: seal.seal(Buffer.from(d, 'base64url'), kid), ...rest };
}
