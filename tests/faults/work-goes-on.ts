import { type Constellation, waitFor } from '@artdag/testing';
import type { Registration } from './register.ts';

const RECOVERY_MS = 20_000;

/** How many of them are signed. */
export function countAccepted(registrations: readonly Registration[]): number {
  return registrations.filter(({ status }) => status === 200).length;
}

/** Some registration begun from now on is signed: one that is under way may need no store any more. */
export async function signAgain(
  registrations: readonly Registration[],
  withinMs: number,
): Promise<void> {
  const before = registrations.length;
  await waitFor(
    'a new registration is signed',
    () => countAccepted(registrations.slice(before)) > 0,
    withinMs,
  );
}

/** {@link signAgain}, and the gateway says that it is ready. */
export async function workGoesOn(
  registrations: readonly Registration[],
  { gateways: [gateway] }: Constellation,
): Promise<void> {
  await signAgain(registrations, RECOVERY_MS);
  await waitFor('the gateway is ready', gateway.isReady);
}
