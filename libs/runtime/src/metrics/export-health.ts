import type { Registry } from 'prom-client';
import { askHealth, type HealthCheck } from '../health.ts';
import { sampleGaugeIn } from './metrics-in.ts';

/** Exports what `/health/ready` says: 1 for a check that is well. Of several with one name the worst counts. */
export function exportHealth(registry: Registry, checks: readonly HealthCheck[]): void {
  sampleGaugeIn(registry, 'artdag_health_check_up', async () => {
    const report = await askHealth(checks);
    const names = new Set(report.checks.map(({ name }) => name));
    const isUp = (check: string) => report.checks.every(({ name, ok }) => name !== check || ok);
    return [...names].map((check) => ({ labels: { check }, value: Number(isUp(check)) }));
  });
}
