import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createIris } from '@artdag/activitypub';
import { isAppError } from '@artdag/errors';
import type { SigningAlgorithm } from '@artdag/keyring';
import {
  encodeEd25519Multikey,
  parseLosslessJson,
  verifyEddsaJcs2022Proof,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import { beforeAll, expect, test } from 'vitest';
import { signText } from './sign-text.ts';

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

let rsa: Pair;
let otherRsa: Pair;
let ed25519: Pair;
let otherEd25519: Pair;
beforeAll(() => {
  rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  ed25519 = generateKeyPairSync('ed25519');
  otherEd25519 = generateKeyPairSync('ed25519');
});

const unsigned =
  '{"@context":"https://www.w3.org/ns/activitystreams","type":"Create","id":"https://art.example/activities/1","actor":"https://art.example/users/giles","object":{"type":"Image","name":"→","metadata":{"fps":30.0,"\u{1f408}":12345678901234567890}},"published":"2026-01-06T23:01:27Z","to":["https://www.w3.org/ns/activitystreams#Public"]}';

/** Signs with `rsa` and `ed25519`, for an actor who shows the given public keys. */
function signFor(shown: { rsa: Pair; ed25519: Pair }, text = unsigned) {
  const request = {
    text,
    username: 'giles',
    created: '2026-01-06T23:01:27Z',
    keys: {
      publicKeyPem: String(shown.rsa.publicKey.export({ type: 'spki', format: 'pem' })),
      publicKeyMultibase: encodeEd25519Multikey(shown.ed25519.publicKey),
    },
  };
  const keyring = {
    sign: async ({ algorithm }: { algorithm: SigningAlgorithm }, bytes: Uint8Array) =>
      algorithm === 'ed25519'
        ? sign(null, bytes, ed25519.privateKey)
        : sign('sha256', bytes, rsa.privateKey),
  };
  return signText(request, { keyring, iris: createIris('https://art.example') });
}

test('adds a signature and a proof, and leaves what stands before them as it was', async () => {
  const text = await signFor({ rsa, ed25519 });
  expect(text.startsWith(`${unsigned.slice(0, -1)},"signature":{"type":"RsaSignature2017"`)).toBe(
    true,
  );
  const document = parseLosslessJson(text);
  expect(verifyRsaSignature2017(document, rsa.publicKey)).toEqual({
    ok: true,
    convention: 'package',
  });
  expect(verifyEddsaJcs2022Proof(document, ed25519.publicKey)).toEqual({
    ok: true,
    verificationMethod: 'https://art.example/users/giles#ed25519-key',
  });
  expect(JSON.parse(text).signature).toMatchObject({
    creator: 'https://art.example/users/giles#main-key',
    created: '2026-01-06T23:01:27Z',
  });
});

test('gives the same text every time', async () => {
  expect(await signFor({ rsa, ed25519 })).toBe(await signFor({ rsa, ed25519 }));
});

test('gives nothing away that does not verify under the keys that the actor shows', async () => {
  for (const shown of [
    { rsa: otherRsa, ed25519 },
    { rsa, ed25519: otherEd25519 },
  ]) {
    const refusal = await signFor(shown).catch((error: unknown) => error);
    expect(isAppError(refusal, 'signature-mismatch')).toBe(true);
  }
});

test('signs objects only', async () => {
  const refusal = await signFor({ rsa, ed25519 }, '[]').catch((error: unknown) => error);
  expect(isAppError(refusal, 'json-invalid')).toBe(true);
});
