import type { Fault } from '@artdag/errors';

/** The secret of each L1 that has one, by its URL, or why there are no right ones. */
export type L1Secrets =
  | { readonly ok: true; readonly secrets: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly fault: Fault };

/** What fits into an `Authorization` header and cannot be guessed. */
const SECRET = /^[A-Za-z0-9._~+/-]{32,}$/;

/** Reads entries of the form `URL=secret`. A secret tells one L1 from another, so no two share one. */
export function readL1Secrets(entries: readonly string[], l1Servers: readonly string[]): L1Secrets {
  const pairs = entries.map((entry): [string, string] => {
    const [url = '', ...rest] = entry.split('=');
    return [url.replace(/\/+$/, ''), rest.join('=')];
  });
  const secrets = new Map(pairs);
  const isRight =
    pairs.every(([url, secret]) => l1Servers.includes(url) && SECRET.test(secret)) &&
    secrets.size === pairs.length &&
    new Set(secrets.values()).size === pairs.length;
  return isRight ? { ok: true, secrets } : { ok: false, fault: FAULT };
}

const FAULT: Fault = {
  pointer: 'ARTDAG_L1_SECRETS',
  message:
    'a comma list of URL=secret: URLs of L1_SERVERS or ARTDAG_L1, for each a secret of 32 or more letters, digits and ._~+/-, no two the same',
};
