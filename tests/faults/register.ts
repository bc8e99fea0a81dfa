import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';

/** One try to register, as the client saw it. */
export interface Attempt {
  /** `lost` where the connection broke before an answer. */
  readonly status: number | 'lost';
  readonly startedAt: number;
  readonly ms: number;
  readonly retryAfter: string | null;
}

/** One asset that a client wants registered, and all that became of it. */
export interface Registration {
  readonly name: string;
  readonly contentHash: string;
  readonly attempts: Attempt[];
  /** The last answer. */
  status: number | 'lost';
  /** IRI of the Create, where an answer has shown one. */
  activityIri?: string;
}

const RETRY_MS = 250;
const GIVE_UP_MS = 60_000;

/** One POST, without a retry. */
export async function tryToRegister(
  registration: Registration,
  gatewayUrl: string,
  account: Account,
): Promise<void> {
  const { name, contentHash, attempts } = registration;
  const startedAt = performance.now();
  const told = await post(`${gatewayUrl}/registry`, account.token, {
    name,
    content_hash: contentHash,
    asset_type: 'image',
    metadata: { duration: 30.5, note: '→' },
  }).catch(() => undefined);
  registration.status = told?.status ?? 'lost';
  if (told?.activityIri !== undefined) registration.activityIri = told.activityIri;
  attempts.push({
    status: registration.status,
    startedAt,
    ms: performance.now() - startedAt,
    retryAfter: told?.retryAfter ?? null,
  });
}

/** Registers as real clients do: after a 503 or a broken connection, the same request again. */
export async function register(
  registration: Registration,
  gatewayUrl: () => string,
  account: Account,
): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    await tryToRegister(registration, gatewayUrl(), account);
    const { status } = registration;
    if (status !== 503 && status !== 'lost') return;
    if (performance.now() > giveUpAt) return;
    await delay(RETRY_MS);
  }
}

/** What a registration is before its first try. */
export function newRegistration(name: string, contentHash = `hash-of-${name}`): Registration {
  return { name, contentHash, attempts: [], status: 'lost' };
}

async function post(url: string, token: string, body: unknown) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { activity?: { id: string } | null };
  return {
    status: response.status,
    activityIri: answer.activity?.id,
    retryAfter: response.headers.get('retry-after'),
  };
}
