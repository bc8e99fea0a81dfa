import { createFederation } from '@artdag/federation';
import { createGateway, type Gateway } from '@artdag/gateway';
import { createL1Sync } from '@artdag/l1-sync';
import type { HealthCheck, Runtime, Service } from '@artdag/runtime';
import { createSigner } from '@artdag/signer';
import type { AllInOneConfig, StoreUrls } from './config.ts';

/** The roles of a process, and its gateway where it has that role. */
export interface Roles extends Service {
  readonly gateway: Pick<Gateway, 'address' | 'setupPath'> | undefined;
}

/**
 * Starts the roles that the config names, over stores that are there.
 *
 * They stop in the reverse order: the gateway takes no more requests, federation drains, then the
 * signer.
 *
 * @throws AppError `start-failed` with one sentence that says what to do.
 */
export async function startRoles(
  config: AllInOneConfig,
  urls: StoreUrls,
  runtime: Runtime,
): Promise<Roles> {
  await using parts = new AsyncDisposableStack();
  const checks: HealthCheck[] = [];
  const signer = config.roles.has('signer')
    ? parts.use(await createSigner(config.signer(urls), runtime))
    : undefined;
  if (signer) checks.push(...signer.checks);
  const overrides = signer && { keyring: signer.keyring };
  if (config.roles.has('federation')) {
    const federation = await createFederation(config.federation(urls), runtime, overrides);
    checks.push(...parts.use(federation).checks);
  }
  if (config.roles.has('l1-sync')) {
    const l1Sync = await createL1Sync(config.l1Sync(urls), runtime, overrides);
    checks.push(...parts.use(l1Sync).checks);
  }
  const gateway = config.roles.has('gateway')
    ? parts.use(await createGateway(config.gateway(urls), runtime))
    : undefined;
  if (gateway) checks.push(...gateway.checks);
  const started = parts.move();
  return { checks, gateway, [Symbol.asyncDispose]: () => started.disposeAsync() };
}
