import { expect, test, vi } from 'vitest';
import { askHealth } from '../health.ts';
import { createLogger } from '../logger.ts';
import { exportHealth } from './export-health.ts';
import { type MetricEntry, metricCatalog } from './metric-catalog.ts';
import { counterIn, createMetrics, sampleGaugeIn } from './metrics-in.ts';
import { createQueueObserver } from './queue-observer.ts';

const entries: [string, MetricEntry][] = Object.entries(metricCatalog);

test.each(entries)('%s says by its name what it counts', (name, { type, labels, help }) => {
  const unit = /_(seconds|total|bytes|ratio|info|up|safe|jobs|workers|attempts|hosts|breakers)$/;
  expect(name.replace('artdag_', '_')).toMatch(unit);
  expect(name.endsWith('_total')).toBe(type === 'counter');
  expect(help).toMatch(/^[A-Z].*[^.]$/);
  for (const label of Object.keys(labels))
    expect([
      'method',
      'route',
      'status',
      'outcome',
      'reason',
      'result',
      'queue',
      'state',
      'command',
      'rule',
      'check',
      'role',
    ]).toContain(label);
});

test('two parts of a process share a metric', async () => {
  const metrics = createMetrics();
  counterIn(metrics, 'artdag_delivery_tries_total').inc({ outcome: 'delivered' });
  counterIn(metrics, 'artdag_delivery_tries_total').inc({ outcome: 'delivered' });
  expect(await metrics.metrics()).toContain('artdag_delivery_tries_total{outcome="delivered"} 2');
});

test('a gauge that cannot be asked for has no value rather than an old one', async () => {
  const metrics = createMetrics();
  const sample = vi.fn(async () => [{ labels: { queue: 'sign-activity' }, value: 3 }]);
  sampleGaugeIn(metrics, 'artdag_queue_workers', sample);
  expect(await metrics.metrics()).toContain('artdag_queue_workers{queue="sign-activity"} 3');
  sample.mockRejectedValueOnce(new Error('Redis is away'));
  expect(await metrics.metrics()).not.toContain('artdag_queue_workers{');
});

test('a check counts as its worst', async () => {
  const metrics = createMetrics();
  const check = async () => undefined;
  const checks = [
    { name: 'mongodb', check },
    { name: 'queue', check },
    { name: 'queue', check: () => Promise.reject(new Error('work waits and none is done')) },
  ];
  expect((await askHealth(checks)).ready).toBe(false);
  exportHealth(metrics, checks);
  const text = await metrics.metrics();
  expect(text).toContain('artdag_health_check_up{check="mongodb"} 1');
  expect(text).toContain('artdag_health_check_up{check="queue"} 0');
});

test('a job is one line of log, and its failures are counted by reason, retries apart', async () => {
  const metrics = createMetrics();
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const logger = createLogger({ role: 'signer', level: 'info', destination: { write } });
  const observer = createQueueObserver(metrics, logger);
  const run = { jobId: 'j1', workId: 'a1', attempts: 2 };
  observer.jobDone('sign-activity', { ...run, runMs: 12, waitMs: 3 });
  const failure = { ...run, error: new Error('no disk'), reason: 'internal' };
  observer.jobFailed('sign-activity', { ...failure, isFinal: false });
  observer.jobFailed('sign-activity', { ...failure, isFinal: true });
  observer.jobPostponed('deliver-activity', run, new Date());
  expect(lines.map(({ msg }) => msg)).toEqual(['job done', 'job failed', 'job failed']);
  expect(lines[0]).toMatchObject({ queue: 'sign-activity', ...run, runMs: 12, waitMs: 3 });
  const text = await metrics.metrics();
  expect(text).toContain('{queue="sign-activity",outcome="retried",reason="internal"} 1');
  expect(text).toContain('{queue="sign-activity",outcome="exhausted",reason="internal"} 1');
  expect(text).toContain('artdag_job_postponements_total{queue="deliver-activity"} 1');
});
