import type { RedisFacts } from '@artdag/queues';
import { type Finding, failure, ok, warning } from './finding.ts';

const WARN_SHARE = 0.6;
const FAIL_SHARE = 0.8;

/** Judges whether a Redis keeps the jobs that it takes. */
export function judgeRedis(facts: RedisFacts): Finding[] {
  return [
    ok('redis', `answers, version ${facts.version}`),
    judgeEviction(facts),
    judgePersistence(facts),
    judgeMemory(facts),
  ];
}

function judgeEviction({ evictionPolicy }: RedisFacts): Finding {
  if (evictionPolicy === 'noeviction') return ok('redis-eviction', 'noeviction');
  return failure(
    'redis-eviction',
    `maxmemory-policy is ${evictionPolicy || 'unknown'}`,
    'Set it: redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf.',
  );
}

function judgePersistence({ isPersistent }: RedisFacts): Finding {
  if (isPersistent) return ok('redis-persistence', 'AOF is on');
  return warning(
    'redis-persistence',
    'AOF is off',
    'Switch it on: redis-cli CONFIG SET appendonly yes, and in redis.conf.',
  );
}

function judgeMemory({ hasMemoryLimit, memoryShare }: RedisFacts): Finding {
  if (!hasMemoryLimit) {
    return warning(
      'redis-memory',
      'maxmemory has no limit: a full machine ends Redis',
      'Set maxmemory in redis.conf to what the machine can spare.',
    );
  }
  const finding = `${Math.round(memoryShare * 100)} % of maxmemory is used`;
  if (memoryShare < WARN_SHARE) return ok('redis-memory', finding);
  const fix = 'Raise maxmemory, or start more workers until the queues are short again.';
  return (memoryShare >= FAIL_SHARE ? failure : warning)('redis-memory', finding, fix);
}
