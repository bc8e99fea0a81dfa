import { type HttpSignatureFault, refuse } from './http-signature.ts';
import { getAuthority, getHeader, type RequestHead, splitTarget } from './request-head.ts';
import { type InnerList, serializeInnerList } from './structured-field.ts';

const fieldNamePattern = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/** A signature base and the names it covers. */
export interface SignatureBase {
  readonly ok: true;
  readonly base: string;
  readonly covered: ReadonlySet<string>;
}

/**
 * Builds the signature base of a request: one line for each covered component and the
 * `@signature-params` line. Component parameters (`sf`, `key`, `bs`, `req`, `tr`),
 * `@query-param` and `@status` are not supported: no fediverse server signs them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-2.5
 */
export function buildSignatureBase(
  request: RequestHead,
  input: InnerList,
): SignatureBase | HttpSignatureFault {
  const covered = new Set<string>();
  const lines: string[] = [];
  for (const { bare, parameters } of input.items) {
    if (bare.type !== 'string') return refuse('signature-malformed');
    const name = String(bare.value);
    if (parameters.size > 0) return refuse('unsupported-component', name);
    if (covered.has(name)) return refuse('signature-malformed');
    const value = resolveComponent(request, name);
    if (typeof value !== 'string') return value;
    covered.add(name);
    lines.push(`"${name}": ${value}`);
  }
  lines.push(`"@signature-params": ${serializeInnerList(input)}`);
  return { ok: true, base: lines.join('\n'), covered };
}

function resolveComponent(request: RequestHead, name: string): string | HttpSignatureFault {
  if (!name.startsWith('@')) {
    if (!fieldNamePattern.test(name)) return refuse('signature-malformed');
    return getHeader(request.headers, name) ?? refuse('missing-component', name);
  }
  return resolveDerived(request, name) ?? refuse('unsupported-component', name);
}

/** @see https://www.rfc-editor.org/rfc/rfc9421#section-2.2 */
function resolveDerived({ method, target, origin }: RequestHead, name: string): string | undefined {
  const { path, query } = splitTarget(target);
  switch (name) {
    case '@method':
      return method;
    case '@target-uri':
      return `${new URL(origin).origin}${target}`;
    case '@authority':
      return getAuthority(origin);
    case '@scheme':
      return new URL(origin).protocol.slice(0, -1);
    case '@request-target':
      return target;
    case '@path':
      return path;
    case '@query':
      return query || '?';
    default:
      return undefined;
  }
}
