import { type Constellation, waitFor } from '@artdag/testing';
import type { Registration } from './register.ts';

const RECOVERY_MS = 20_000;

/** How many of them are signed. */
export function countAccepted(registrations: readonly Registration[]): number {
  return registrations.filter(({ status }) => status === 200).length;
}

/** Some registration begun from now on is signed. */
export async function workGoesOn(
  registrations: readonly Registration[],
  { gateways: [gateway] }: Constellation,
) {
  const before = registrations.length;
  await waitFor(
    'a new registration is signed',
    () => countAccepted(registrations.slice(before)) > 0,
    RECOVERY_MS,
  );
  await waitFor('the gateway is ready', gateway.isReady);
}
