import type { Registry } from 'prom-client';
import { counterIn, histogramIn } from './metrics-in.ts';

/** Measures the commands to a store. */
export function createCommandObserver(registry: Registry, store: 'mongodb' | 'redis') {
  const seconds = histogramIn(registry, `artdag_${store}_command_seconds`);
  const failures = counterIn(registry, `artdag_${store}_command_failures_total`);
  return {
    commandEnded(command: string, tookMs: number, isOk: boolean) {
      seconds.observe({ command }, tookMs / 1000);
      if (!isOk) failures.inc({ command });
    },
  };
}
