import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  fromPlainValue,
  getMember,
  type JsonNode,
  jsonObject,
  parseLosslessJson,
  rsaSignature2017,
  stringifyLossless,
  withMember,
} from '@artdag/signatures';

/** A text to verify, by the vectors' key. */
export interface Claim {
  readonly name: string;
  readonly text: string;
}

const read = (name: string) =>
  parseLosslessJson(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));
const signatures = read('signatures.json');

/** The document of the actor who signed the vectors. */
export const vectorActor = stringifyLossless(member(signatures, 'actor'));

/**
 * Every vector as a claim: those with signatures as they are, and all canonical forms in the
 * metadata of one more, which is signed here; then what must not hold.
 */
export async function listClaims(): Promise<Claim[]> {
  const vectors = itemsOf(member(signatures, 'vectors'));
  const signed = vectors.map((vector) => ({
    name: `the vector ${text(vector, 'name')}`,
    text: stringifyLossless(member(vector, 'activity')),
  }));
  const [plain = { name: '', text: '' }] = signed;
  return [
    ...signed,
    { name: 'every canonical form', text: await signCanonicalForms(plain.text) },
    { name: 'a changed claim', text: plain.text.replace('"plain"', '"other"') },
    { name: 'an unsigned claim', text: plain.text.replace('"signature":', '"was":') },
    { name: 'no claim', text: '{"x": tru' },
  ];
}

async function signCanonicalForms(claim: string): Promise<string> {
  const activity = parseLosslessJson(claim);
  const forms = itemsOf(read('canonical.json')).map((vector) =>
    parseLosslessJson(text(vector, 'json')),
  );
  const object = set(member(activity, 'object'), 'metadata', { kind: 'array', items: forms });
  const document = set(activity, 'object', object);
  const signature = member(activity, 'signature');
  const options = { creator: text(signature, 'creator'), created: text(signature, 'created') };
  const key = createPrivateKey(text(signatures, 'private_key_pem_test_only'));
  const made = await rsaSignature2017({ ...options, document }, async (bytes) =>
    sign('sha256', bytes, key),
  );
  return stringifyLossless(set(document, 'signature', fromPlainValue(made)));
}

function member(node: JsonNode, key: string): JsonNode {
  return getMember(node, key) ?? jsonObject([]);
}

function text(node: JsonNode, key: string): string {
  const value = getMember(node, key);
  if (value?.kind !== 'string') throw new Error(`the vectors have no ${key}`);
  return value.value;
}

function itemsOf(node: JsonNode): readonly JsonNode[] {
  return node.kind === 'array' ? node.items : [];
}

function set(node: JsonNode, key: string, value: JsonNode): JsonNode {
  return node.kind === 'object' ? withMember(node, key, value) : node;
}
