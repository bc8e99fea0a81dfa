import type { Sign } from '../proofs/sign.ts';
import { decodeStrictBase64 } from '../strict-base64.ts';
import { buildDigest } from './content-digest.ts';
import { parseHttpDate } from './http-date.ts';
import { type HttpSignatureFault, type ReadHttpSignature, refuse } from './http-signature.ts';
import { type OutgoingRequest, quoteKeyId, toRequestHead } from './outgoing-request.ts';
import { getAuthority, getHeader, type RequestHead, splitTarget } from './request-head.ts';

const parameterPattern = /\s*([A-Za-z]+)=(?:"([^"\\]*)"|([0-9]{1,12}))\s*(?:,|$)/y;
const headerNamePattern = /^(?:\((?:request-target|created|expires)\)|[a-z0-9!#$%&'*+.^_`|~-]+)$/;
const secondsPattern = /^[0-9]{1,12}$/;
const algorithms = { rsa: 'rsa-sha256', ed25519: 'hs2019' } as const;

/** The header fields that {@link signCavage} adds. */
export interface CavageHeaders {
  readonly host: string;
  readonly date: string;
  readonly digest?: string;
  readonly signature: string;
}

type CavageParameters = ReadonlyMap<string, string>;

/**
 * Reads the `Signature` of a request by the draft. Where the target has a query, the base without
 * it is offered beside the right one: half of the fediverse signs the path alone.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12#section-2.1
 */
export function readCavageSignature(request: RequestHead): ReadHttpSignature {
  const field = getHeader(request.headers, 'signature');
  if (field === undefined) return refuse('signature-missing');
  const parameters = parseParameters(field);
  const keyId = parameters?.get('keyId');
  const value = decodeStrictBase64(parameters?.get('signature') ?? '');
  if (parameters === undefined || !keyId || !value?.length) return refuse('signature-malformed');
  const names = listHeaders(parameters);
  if (names === undefined) return refuse('signature-malformed');
  const bases = buildSigningStrings(request, names, parameters);
  if (!bases.ok) return bases;
  const createdTimes = readTimes(request, names, parameters);
  const expires = readSeconds(parameters, 'expires');
  if (createdTimes === undefined || expires === null) return refuse('signature-malformed');
  const algorithm = parameters.get('algorithm');
  const covered = new Set(names);
  const signature = { keyId, algorithm, covered, createdTimes, expires, bases: bases.texts, value };
  return { ok: true, signature: { scheme: 'cavage', ...signature } };
}

function parseParameters(field: string): CavageParameters | undefined {
  const parameters = new Map<string, string>();
  let position = 0;
  while (position < field.length) {
    parameterPattern.lastIndex = position;
    const [match, name, quoted, bare] = parameterPattern.exec(field) ?? [];
    if (match === undefined || name === undefined || parameters.has(name)) return undefined;
    parameters.set(name, quoted ?? bare ?? '');
    position += match.length;
  }
  return parameters;
}

/** @see https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12#section-2.1.6 */
function listHeaders(parameters: CavageParameters): string[] | undefined {
  const isOld = parameters.get('algorithm')?.startsWith('rsa') ?? true;
  const names = (parameters.get('headers') ?? (isOld ? 'date' : '(created)'))
    .toLowerCase()
    .split(' ');
  const areValid = names.every((name) => headerNamePattern.test(name));
  return areValid && new Set(names).size === names.length ? names : undefined;
}

/** @see https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12#section-2.3 */
function buildSigningStrings(
  request: RequestHead,
  names: readonly string[],
  parameters: CavageParameters,
): { readonly ok: true; readonly texts: string[] } | HttpSignatureFault {
  const targets = new Set([request.target, splitTarget(request.target).path]);
  const texts: string[] = [];
  for (const target of names.includes('(request-target)') ? targets : [request.target]) {
    const lines: string[] = [];
    for (const name of names) {
      const value = resolveHeader({ ...request, target }, name, parameters);
      if (value === undefined) return refuse('missing-component', name);
      lines.push(`${name}: ${value}`);
    }
    texts.push(lines.join('\n'));
  }
  return { ok: true, texts };
}

function resolveHeader(request: RequestHead, name: string, parameters: CavageParameters) {
  switch (name) {
    case '(request-target)':
      return `${request.method.toLowerCase()} ${request.target}`;
    case '(created)':
      return parameters.get('created');
    case '(expires)':
      return parameters.get('expires');
    default:
      return getHeader(request.headers, name);
  }
}

/** The covered times of making, or `undefined` where one cannot be read. */
function readTimes(request: RequestHead, names: readonly string[], parameters: CavageParameters) {
  const times: (number | undefined | null)[] = [];
  if (names.includes('(created)')) times.push(readSeconds(parameters, 'created'));
  if (names.includes('date')) times.push(parseHttpDate(getHeader(request.headers, 'date') ?? ''));
  const known = times.filter((time) => typeof time === 'number');
  return known.length === times.length ? known : undefined;
}

/** A parameter in seconds, `undefined` where it is absent, `null` where it is no number. */
function readSeconds(parameters: CavageParameters, name: string): number | undefined | null {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  return secondsPattern.test(text) ? Number(text) : null;
}

/**
 * Signs a request over `(request-target)`, `host`, `date`, `headers` and, with a body, `digest` and
 * `content-type`.
 *
 * @param sign - by the algorithm of the key, over the given bytes
 * @returns the header fields to add
 * @see https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12#section-4.1
 */
export async function signCavage(request: OutgoingRequest, sign: Sign): Promise<CavageHeaders> {
  const { body, contentType, keyId, keyType, time } = request;
  const added = {
    host: getAuthority(request.url),
    date: time.toUTCString(),
    ...(body && { digest: buildDigest(body) }),
  };
  const head = toRequestHead(request, {
    ...added,
    ...(contentType && { 'content-type': contentType }),
    ...request.headers,
  });
  const names = ['(request-target)', ...Object.keys(head.headers)];
  const built = buildSigningStrings(head, names, new Map());
  const base = built.ok ? built.texts[0] : undefined;
  if (base === undefined) throw new TypeError('the signing string cannot be built');
  const value = Buffer.from(await sign(Buffer.from(base, 'latin1')));
  const fields = [
    `keyId=${quoteKeyId(keyId)}`,
    `algorithm="${algorithms[keyType]}"`,
    `headers="${names.join(' ')}"`,
    `signature="${value.toString('base64')}"`,
  ];
  return { ...added, signature: fields.join(',') };
}
