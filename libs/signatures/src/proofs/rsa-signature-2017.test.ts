import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { getMember, getStringMember, withMember } from '../lossless-json/json-members.ts';
import { type JsonNode, type JsonObject, jsonString } from '../lossless-json/json-node.ts';
import { parseLosslessJson } from '../lossless-json/parse-lossless-json.ts';
import { fromPlainValue } from '../lossless-json/plain-value.ts';
import { pythonCanonical } from '../python-canonical.ts';
import { readVectors } from '../testing/read-vectors.ts';
import {
  buildRsaSignatureInput,
  rsaSignature2017,
  verifyRsaSignature2017,
} from './rsa-signature-2017.ts';

const file = parseLosslessJson(readVectors('signatures.json'));
const textOf = (node: JsonNode | undefined, key: string) => getStringMember(node, key) ?? '';
const privateKey = createPrivateKey(textOf(file, 'private_key_pem_test_only'));
const publicKey = createPublicKey(textOf(file, 'public_key_pem'));
const vectorNodes = getMember(file, 'vectors');
if (vectorNodes?.kind !== 'array') throw new Error('vectors are missing');
const vectors = vectorNodes.items.map((vector) => ({ name: textOf(vector, 'name'), vector }));

const signRsa = async (bytes: Uint8Array) => sign('sha256', bytes, privateKey);

function activityOf(vector: JsonNode): JsonObject {
  const activity = getMember(vector, 'activity');
  if (activity?.kind !== 'object') throw new Error('the activity is missing');
  return activity;
}

function inputOf(vector: JsonNode) {
  const document = activityOf(vector);
  const signature = getMember(document, 'signature');
  return { creator: textOf(signature, 'creator'), created: textOf(signature, 'created'), document };
}

/** A copy with the member at the path replaced. */
function replace(node: JsonNode, [key = '', ...rest]: string[], value: JsonNode): JsonNode {
  if (node.kind !== 'object') throw new Error('no object');
  const member = node.entries.get(key);
  return withMember(node, key, rest.length === 0 || !member ? value : replace(member, rest, value));
}

describe('the vectors of the original package', () => {
  it.each(vectors)('$name: hashes the same bytes', ({ vector }) => {
    const expected = textOf(vector, 'options_sha256') + textOf(vector, 'document_sha256');
    expect(buildRsaSignatureInput(inputOf(vector)).toString('hex')).toBe(expected);
  });

  it.each(vectors)('$name: gives the same signatureValue', async ({ vector }) => {
    const signature = await rsaSignature2017(inputOf(vector), signRsa);
    expect(signature.signatureValue).toBe(textOf(vector, 'signatureValue'));
    expect(fromPlainValue(signature)).toEqual(getMember(activityOf(vector), 'signature'));
  });

  it.each(vectors)('$name: verifies', ({ vector }) => {
    const verdict = verifyRsaSignature2017(activityOf(vector), publicKey);
    expect(verdict).toEqual({ ok: true, convention: 'package' });
  });
});

describe('verifyRsaSignature2017', () => {
  const [first] = vectors;
  if (first === undefined) throw new Error('vectors are missing');
  const activity = activityOf(first.vector);
  const refused = (reason: string) => ({ ok: false, reason });

  it.each([
    ['@context'],
    ['type'],
    ['id'],
    ['actor'],
    ['published'],
    ['object'],
    ['object', 'name'],
    ['object', 'contentHash', 'value'],
    ['signature', 'creator'],
    ['signature', 'created'],
  ])('refuses an activity with another %s %s %s', (...path) => {
    const tampered = replace(activity, path, jsonString('other'));
    expect(verifyRsaSignature2017(tampered, publicKey)).toEqual(refused('signature-mismatch'));
  });

  it('does not mind members that the signature leaves uncovered', () => {
    const addressed = withMember(activity, 'to', jsonString('https://x.example/'));
    expect(verifyRsaSignature2017(addressed, publicKey)).toMatchObject({ ok: true });
  });

  it('takes the older convention, which signs the object alone', () => {
    const object = getMember(activity, 'object');
    const value = sign('sha256', Buffer.from(pythonCanonical(object as JsonNode)), privateKey);
    const path = ['signature', 'signatureValue'];
    const older = replace(activity, path, jsonString(value.toString('base64')));
    const verdict = verifyRsaSignature2017(older, publicKey);
    expect(verdict).toEqual({ ok: true, convention: 'object-only' });
    const tampered = replace(older, ['object', 'name'], jsonString('other'));
    expect(verifyRsaSignature2017(tampered, publicKey)).toEqual(refused('signature-mismatch'));
  });

  it('tells 30.0 from 30', async () => {
    const withNumber = (lexeme: string) =>
      replace(activity, ['object', 'metadata'], { kind: 'number', lexeme });
    const document = withNumber('30.0');
    const made = await rsaSignature2017({ creator: 'k', created: 'c', document }, signRsa);
    const signed = replace(document, ['signature'], fromPlainValue(made));
    const changed = replace(withNumber('30'), ['signature'], fromPlainValue(made));
    expect(verifyRsaSignature2017(signed, publicKey)).toMatchObject({ ok: true });
    expect(verifyRsaSignature2017(changed, publicKey)).toMatchObject({ ok: false });
  });

  it('names what is wrong with a signature', () => {
    const value = ['signature', 'signatureValue'];
    const verdict = (document: JsonNode) => verifyRsaSignature2017(document, publicKey);
    expect(verdict(replace(activity, ['signature'], jsonString('x')))).toEqual(
      refused('signature-missing'),
    );
    expect(verdict(jsonString('x'))).toEqual(refused('signature-missing'));
    expect(verdict(replace(activity, ['signature', 'type'], jsonString('Ed')))).toEqual(
      refused('signature-type'),
    );
    expect(verdict(replace(activity, value, jsonString('a b=')))).toEqual(
      refused('signature-malformed'),
    );
    expect(verdict(replace(activity, value, jsonString('')))).toEqual(
      refused('signature-malformed'),
    );
  });

  it('refuses a key of another type and another key', () => {
    const ed25519 = generateKeyPairSync('ed25519').publicKey;
    expect(verifyRsaSignature2017(activity, ed25519)).toEqual(refused('key-type'));
    const other = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(verifyRsaSignature2017(activity, other)).toEqual(refused('signature-mismatch'));
  });
});

describe('buildRsaSignatureInput', () => {
  it('refuses an activity without a covered member', () => {
    const document = fromPlainValue({ '@context': 'x', type: 'Create' });
    const build = () => buildRsaSignatureInput({ creator: 'k', created: 'c', document });
    expect(build).toThrow(expect.objectContaining({ code: 'validation-failed' }));
  });
});
