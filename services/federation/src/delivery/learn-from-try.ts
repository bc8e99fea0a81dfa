import type { HostExperience, RuledHost } from '@artdag/store';
import { afterAnswer, afterFailure } from './breaker.ts';
import type { PostOutcome } from './post-activity.ts';

/** Times are written this seldom where nothing else is new. */
const TIMES_EVERY_MS = 60_000;

/** What a try has taught about a host; empty where there is nothing to write. */
export function learnFromTry(
  host: RuledHost,
  { verdict, manners }: PostOutcome,
  now: Date,
): HostExperience {
  const error = verdict.error !== undefined && { lastErrorAt: now, lastError: verdict.error };
  if (!verdict.isReachable) return { ...afterFailure(host, now), ...error };
  const answered = afterAnswer(host);
  const isNews = answered !== 'unchanged' || Object.keys(manners).length > 0;
  const lastAt = error ? host.lastErrorAt : host.lastSuccessAt;
  const isOld = lastAt === undefined || now.getTime() - lastAt.getTime() >= TIMES_EVERY_MS;
  if (!isNews && !isOld) return {};
  return {
    ...(answered !== 'unchanged' && answered),
    ...manners,
    ...(error || { lastSuccessAt: now }),
  };
}
