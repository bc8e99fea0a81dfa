import type { Sign } from '../proofs/sign.ts';
import { buildContentDigest } from './content-digest.ts';
import { type HttpSignature, type ReadHttpSignature, refuse } from './http-signature.ts';
import { type OutgoingRequest, quoteKeyId, toRequestHead, toSeconds } from './outgoing-request.ts';
import { getHeader, type RequestHead } from './request-head.ts';
import { buildSignatureBase } from './rfc9421-base.ts';
import { type InnerList, parseDictionary } from './structured-field.ts';

/** Labels that are looked at: a signature to verify is the sender's or a proxy's, not the tenth. */
const maxSignatures = 4;
const algorithms = { rsa: 'rsa-v1_5-sha256', ed25519: 'ed25519' } as const;

/** The header fields that {@link signRfc9421} adds. */
export interface Rfc9421Headers {
  readonly 'content-digest'?: string;
  readonly 'signature-input': string;
  readonly signature: string;
}

/**
 * Reads the signature of a request that has a `Signature-Input`: of several the first that covers
 * `@method` and can be read, else what is wrong with the first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-4
 */
export function readRfc9421Signature(request: RequestHead): ReadHttpSignature {
  const inputField = getHeader(request.headers, 'signature-input');
  const signatureField = getHeader(request.headers, 'signature');
  if (inputField === undefined || signatureField === undefined) return refuse('signature-missing');
  const inputs = parseDictionary(inputField);
  const values = parseDictionary(signatureField);
  if (inputs === undefined || values === undefined || inputs.size > maxSignatures) {
    return refuse('signature-malformed');
  }
  let first: ReadHttpSignature | undefined;
  for (const [label, input] of inputs) {
    const member = values.get(label);
    const value = member?.kind === 'item' ? member.bare.value : undefined;
    const isComplete = input.kind === 'inner-list' && Buffer.isBuffer(value);
    const read = isComplete ? readOne(request, input, value) : refuse('signature-malformed');
    if (read.ok && read.signature.covered.has('@method')) return read;
    first ??= read;
  }
  return first ?? refuse('signature-missing');
}

function readOne(request: RequestHead, input: InnerList, value: Buffer): ReadHttpSignature {
  const keyId = readParameter(input, 'keyid', 'string');
  const algorithm = readParameter(input, 'alg', 'string');
  const created = readParameter(input, 'created', 'integer');
  const expires = readParameter(input, 'expires', 'integer');
  if (keyId === null || algorithm === null || created === null || expires === null) {
    return refuse('signature-malformed');
  }
  if (keyId === undefined) return refuse('missing-component', 'keyid');
  const built = buildSignatureBase(request, input);
  if (!built.ok) return built;
  const signature: HttpSignature = {
    scheme: 'rfc9421',
    keyId,
    algorithm,
    covered: built.covered,
    createdTimes: created === undefined ? [] : [created],
    expires,
    bases: [built.base],
    value,
  };
  return { ok: true, signature };
}

interface ParameterTypes {
  string: string;
  integer: number;
}

/** A parameter's value, `undefined` where it is absent, `null` where it has another type. */
function readParameter<Type extends keyof ParameterTypes>(
  input: InnerList,
  name: string,
  type: Type,
): ParameterTypes[Type] | undefined | null {
  const item = input.parameters.get(name);
  if (item === undefined) return undefined;
  return item.type === type ? (item.value as ParameterTypes[Type]) : null;
}

/**
 * Signs a request over `@method`, `@target-uri`, `headers` and, with a body, `content-digest` and
 * `content-type`; with `created`, `keyid` and `alg`.
 *
 * @param sign - by the algorithm of the key, over the given bytes
 * @returns the header fields to add
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-3.1
 */
export async function signRfc9421(request: OutgoingRequest, sign: Sign): Promise<Rfc9421Headers> {
  const { body, contentType, keyId, keyType, time } = request;
  const digest = body && { 'content-digest': buildContentDigest(body) };
  const head = toRequestHead(request, {
    ...digest,
    ...(contentType && { 'content-type': contentType }),
    ...request.headers,
  });
  const names = ['@method', '@target-uri', ...Object.keys(head.headers)];
  const components = names.map((name) => `"${name}"`).join(' ');
  const parameters = `created=${toSeconds(time)};keyid=${quoteKeyId(keyId)};alg="${algorithms[keyType]}"`;
  const field = `sig1=(${components});${parameters}`;
  const input = parseDictionary(field)?.get('sig1');
  if (input?.kind !== 'inner-list') throw new TypeError('the signature input is malformed');
  const built = buildSignatureBase(head, input);
  if (!built.ok) throw new TypeError(`the signature base cannot be built: ${built.reason}`);
  const value = Buffer.from(await sign(Buffer.from(built.base, 'latin1')));
  return { ...digest, 'signature-input': field, signature: `sig1=:${value.toString('base64')}:` };
}
