import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromPlainValue, type PlainObject, type PlainValue } from '../lossless-json/plain-value.ts';
import { decodeBase58Multibase } from '../multibase.ts';
import { parseEd25519Multikey } from '../multikey.ts';
import { readVectors } from '../testing/read-vectors.ts';
import { createEddsaJcs2022Proof, verifyEddsaJcs2022Proof } from './eddsa-jcs-2022.ts';

interface ProofVector {
  readonly name: string;
  readonly document: PlainObject;
  readonly verificationMethod: string;
  readonly created: string;
  readonly hashData?: string;
  readonly proofValue: string;
}

interface ProofVectors {
  readonly publicKeyMultibase: string;
  readonly secretKeyMultibaseTestOnly: string;
  readonly vectors: readonly [ProofVector, ...ProofVector[]];
}

// From https://www.w3.org/TR/vc-di-eddsa/#representation-eddsa-jcs-2022 and
// https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.feature
const file: ProofVectors = JSON.parse(readVectors('eddsa-jcs-2022.json'));
const publicKey = parseEd25519Multikey(file.publicKeyMultibase);
const privateKey = parseSecretKey(file.secretKeyMultibaseTestOnly);
const [first] = file.vectors;

function parseSecretKey(multibase: string) {
  const seed = Buffer.from(decodeBase58Multibase(multibase, 34) ?? '').subarray(2);
  const jwk = publicKey.export({ format: 'jwk' });
  return createPrivateKey({ key: { ...jwk, d: seed.toString('base64url') }, format: 'jwk' });
}

const signEd25519 = async (bytes: Uint8Array) => sign(null, bytes, privateKey);

function prove(vector: ProofVector, document: PlainObject = vector.document) {
  return createEddsaJcs2022Proof({ ...vector, document: fromPlainValue(document) }, signEd25519);
}

async function secure(changes: PlainObject = {}): Promise<PlainObject> {
  const proof = { ...(await prove(first)), ...changes } as PlainObject;
  return { ...first.document, proof };
}

const verdictOf = (document: PlainValue, key = publicKey, now?: Date) =>
  verifyEddsaJcs2022Proof(fromPlainValue(document), key, now);
const refused = (reason: string) => ({ ok: false, reason });

describe('the vectors of vc-di-eddsa and FEP-8b32', () => {
  it.each(file.vectors)('$name: makes the proof', async (vector) => {
    const proof = await prove(vector);
    expect(proof).toEqual({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-jcs-2022',
      created: vector.created,
      verificationMethod: vector.verificationMethod,
      proofPurpose: 'assertionMethod',
      '@context': vector.document['@context'],
      proofValue: vector.proofValue,
    });
  });

  it.each(file.vectors)('$name: verifies', async (vector) => {
    const proof = (await prove(vector)) as unknown as PlainObject;
    const verdict = verdictOf({ ...vector.document, proof });
    expect(verdict).toEqual({ ok: true, verificationMethod: vector.verificationMethod });
  });

  it.each(file.vectors.filter(({ hashData }) => hashData))(
    '$name: signs the hashes',
    async (vector) => {
      let signed = '';
      const document = fromPlainValue(vector.document);
      await createEddsaJcs2022Proof({ ...vector, document }, async (bytes) => {
        signed = Buffer.from(bytes).toString('hex');
        return new Uint8Array(64);
      });
      expect(signed).toBe(vector.hashData);
    },
  );
});

describe('verifyEddsaJcs2022Proof', () => {
  it.each([
    ['a member', { name: 'other' }],
    ['a member added', { to: 'https://x.example/' }],
  ])('refuses a document with %s changed', async (_, changes) => {
    expect(verdictOf({ ...(await secure()), ...changes })).toEqual(refused('signature-mismatch'));
  });

  it.each([
    [{ created: '2023-02-24T23:36:39Z' }, 'signature-mismatch'],
    [{ verificationMethod: 'https://x.example/#key' }, 'signature-mismatch'],
    [{ nonce: '1' }, 'signature-mismatch'],
    [{ created: 'yesterday' }, 'proof-malformed'],
    [{ created: { '@value': '2023-02-24T23:36:38Z' } }, 'proof-malformed'],
    [{ expires: '2023-13-45T00:00:00Z' }, 'proof-malformed'],
    [{ proofValue: 'z111' }, 'proof-malformed'],
    [{ proofValue: `z${'2'.repeat(100_000)}` }, 'proof-malformed'],
    [{ proofValue: 'uAAAA' }, 'proof-malformed'],
    [{ type: 'Ed25519Signature2020' }, 'proof-type'],
    [{ cryptosuite: 'eddsa-rdfc-2022' }, 'cryptosuite'],
    [{ proofPurpose: 'authentication' }, 'proof-purpose'],
    [{ '@context': 'https://x.example/' }, 'context-mismatch'],
  ])('refuses a proof with %j: %s', async (changes, reason) => {
    expect(verdictOf(await secure(changes as PlainObject))).toEqual(refused(reason));
  });

  it('takes a context that grew behind the one that was signed, and no other', async () => {
    const document = await secure();
    const context = first.document['@context'] as PlainValue[];
    const grown = [...context, 'https://x.example/'];
    expect(verdictOf({ ...document, '@context': grown })).toMatchObject({ ok: true });
    const turned = [...context].reverse();
    expect(verdictOf({ ...document, '@context': turned })).toEqual(refused('context-mismatch'));
  });

  it('takes a context that is one string', async () => {
    const document = {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: 'https://x.example/1',
    };
    const proof = (await prove(first, document)) as unknown as PlainObject;
    expect(proof['@context']).toBe(document['@context']);
    expect(verdictOf({ ...document, proof })).toMatchObject({ ok: true });
  });

  it('takes a document without a context', async () => {
    const proof = (await prove(first, { id: '1' })) as unknown as PlainObject;
    expect(proof).not.toHaveProperty('@context');
    expect(verdictOf({ id: '1', proof })).toMatchObject({ ok: true });
  });

  it('finds its proof in a set', async () => {
    const { proof, ...document } = await secure();
    const other = { type: 'DataIntegrityProof', cryptosuite: 'mldsa44-jcs-2024' };
    expect(verdictOf({ ...document, proof: [other, proof as PlainObject] })).toMatchObject({
      ok: true,
    });
    expect(verdictOf({ ...document, proof: [] })).toEqual(refused('proof-missing'));
    expect(verdictOf({ ...document, proof: 'x' })).toEqual(refused('proof-missing'));
    expect(verdictOf('x')).toEqual(refused('proof-missing'));
  });

  it('judges the end of a proof by the given time', async () => {
    const document = await secure({ expires: '2023-03-01T00:00:00Z' });
    const at = (time: string) => verdictOf(document, publicKey, new Date(time));
    expect(at('2023-03-01T00:00:00Z')).toEqual(refused('expired'));
    expect(at('2023-02-28T23:59:59Z')).toEqual(refused('signature-mismatch'));
  });

  it('refuses a key of another type, another key, and what has no canonical form', async () => {
    const document = await secure();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(verdictOf(document, rsa)).toEqual(refused('key-type'));
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(verdictOf(document, other)).toEqual(refused('signature-mismatch'));
    expect(verdictOf({ ...document, name: '\ud800' })).toEqual(refused('not-canonicalizable'));
  });
});

describe('createEddsaJcs2022Proof', () => {
  it('refuses a document that has a proof, or is no object', async () => {
    const document = fromPlainValue(await secure());
    await expect(createEddsaJcs2022Proof({ ...first, document }, signEd25519)).rejects.toThrow(
      'already',
    );
    const text = fromPlainValue('x');
    await expect(
      createEddsaJcs2022Proof({ ...first, document: text }, signEd25519),
    ).rejects.toThrow('object');
  });
});
