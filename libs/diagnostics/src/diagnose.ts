import type { Fetch } from '@artdag/peers';
import type { QueueInspector } from '@artdag/queues';
import type { Store } from '@artdag/store';
import { checkKeyFiles } from './check-key-files.ts';
import { checkPublicUrl } from './check-public-url.ts';
import { type Finding, failure, ok, skipped, warning } from './finding.ts';
import { judgeClock, readClock } from './judge-clock.ts';
import { judgeMongodb } from './judge-mongodb.ts';
import { judgeQueues } from './judge-queues.ts';
import { judgeRedis } from './judge-redis.ts';

/** What {@link diagnose} looks at. */
export interface DiagnosticSources {
  /** Nothing where MongoDB cannot be reached. */
  readonly store:
    | (Pick<Store, 'inspectServer'> & { readonly attempts: Pick<Store['attempts'], 'count'> })
    | undefined;
  /** Nothing where Redis cannot be reached. */
  readonly inspector: Pick<QueueInspector, 'inspectRedis' | 'inspectAll'> | undefined;
  /** Sizes of the groups of work that was given up, or that they are still being counted. */
  readonly countFailures: () => Promise<readonly { readonly count: number }[] | 'counting'>;
  /** Nothing where this process has no business with private keys. */
  readonly keyDirectory: string | undefined;
  readonly publicUrl: string;
  /** Nothing where this process does not reach out. */
  readonly fetch: Fetch | undefined;
  readonly now: () => Date;
}

/** Looks at all that the server needs. What cannot be asked is a finding, never an error. */
export async function diagnose(sources: DiagnosticSources): Promise<Finding[]> {
  const { publicUrl, fetch, keyDirectory } = sources;
  const groups = await Promise.all([
    keyDirectory === undefined
      ? skipped('key-files', 'only the signer has them: ask artdag-l2 doctor there')
      : checkKeyFiles(keyDirectory),
    diagnoseMongodb(sources),
    diagnoseRedis(sources),
    diagnoseClock(sources),
    fetch
      ? checkPublicUrl(publicUrl, fetch)
      : skipped('public-url', 'this role does not reach out: ask artdag-l2 doctor'),
    diagnoseQueues(sources),
    diagnoseFailures(sources),
  ]);
  return groups.flat();
}

async function diagnoseMongodb({ store, now }: DiagnosticSources): Promise<Finding[]> {
  const away = failure(
    'mongodb',
    'does not answer',
    'Start it, and check MONGODB_URL and the network.',
  );
  if (!store) return [away];
  try {
    const findings = judgeMongodb(await store.inspectServer());
    await store.attempts.count('diagnostics', 60, now());
    return findings;
  } catch {
    return [away];
  }
}

async function diagnoseRedis({ inspector }: DiagnosticSources): Promise<Finding[]> {
  const facts = await inspector?.inspectRedis().catch(() => undefined);
  if (facts) return judgeRedis(facts);
  return [failure('redis', 'does not answer', 'Start it, and check REDIS_URL and the network.')];
}

async function diagnoseClock({ store, inspector, now }: DiagnosticSources): Promise<Finding> {
  const readings = await Promise.allSettled([
    ...(inspector
      ? [readClock('Redis', async () => (await inspector.inspectRedis()).time, now)]
      : []),
    ...(store ? [readClock('MongoDB', async () => (await store.inspectServer()).time, now)] : []),
  ]);
  return judgeClock(readings.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])));
}

async function diagnoseQueues({ inspector }: DiagnosticSources): Promise<Finding[]> {
  const reports = await inspector?.inspectAll().catch(() => undefined);
  return reports ? judgeQueues(reports) : [skipped('queue-workers', 'Redis does not answer')];
}

async function diagnoseFailures({ store, countFailures }: DiagnosticSources): Promise<Finding> {
  const groups = store && (await countFailures().catch(() => undefined));
  if (!groups) return skipped('failures', 'MongoDB does not answer');
  if (groups === 'counting') return skipped('failures', 'still being counted: look again soon');
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return ok('failures', 'nothing was given up');
  return warning(
    'failures',
    `given up: ${count} (groups: ${groups.length})`,
    'See why, then try them again or drop them: artdag-l2 queues failures',
  );
}
