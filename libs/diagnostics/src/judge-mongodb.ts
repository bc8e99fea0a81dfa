import type { ServerFacts } from '@artdag/store';
import { type Finding, failure, ok, warning } from './finding.ts';

const OLDEST_MAJOR = 6;

/** Judges whether a MongoDB keeps what it acknowledges. */
export function judgeMongodb(facts: ServerFacts): Finding[] {
  return [judgeWrites(facts), judgeServer(facts)];
}

function judgeWrites({ isWritable }: ServerFacts): Finding {
  if (isWritable) return ok('mongodb', 'answers and takes writes');
  return failure(
    'mongodb',
    'answers, but takes no writes',
    'Name the whole replica set in MONGODB_URL, and see that it has a primary.',
  );
}

function judgeServer({ version, isBeta }: ServerFacts): Finding {
  if (isBeta) {
    return warning(
      'mongodb-server',
      'a beta server that speaks the protocol of MongoDB',
      'For production set MONGODB_URL to a MongoDB replica set.',
    );
  }
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    return warning(
      'mongodb-server',
      `version ${version}`,
      `Upgrade to ${OLDEST_MAJOR}.0 or later: older ones get no fixes any more.`,
    );
  }
  return ok('mongodb-server', `MongoDB ${version}`);
}
