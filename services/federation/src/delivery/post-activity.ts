import type { HostExperience, RuledHost } from '@artdag/store';
import type { FederationContext } from '../context.ts';
import { classifyResponse, type Verdict } from './classify-response.ts';
import { firstKnock, isUnheard, type Knock, learnManners, otherKnock } from './knock.ts';
import { type OutgoingActivity, signRequest } from './sign-request.ts';

/** How a try ended, and what it has taught about the host's manners. */
export interface PostOutcome {
  readonly verdict: Verdict;
  readonly manners: HostExperience;
}

type Context = Pick<FederationContext, 'keyring' | 'peers' | 'iris' | 'now'>;

/**
 * Posts an activity, and knocks once more in the other way where the first was not heard.
 *
 * @throws AppError where the keyring does not sign.
 */
export async function postActivity(
  activity: OutgoingActivity,
  host: RuledHost,
  context: Context,
): Promise<PostOutcome> {
  const manners = activity.isRetry ? { ...host, ed25519Hint: undefined } : host;
  const first = firstKnock(manners, context.now());
  const verdict = await post(activity, first, context);
  if (verdict.outcome === 'delivered') {
    return { verdict, manners: learnManners(first, undefined, host, context.now()) };
  }
  if (!isUnheard(verdict.status, first)) return { verdict, manners: {} };
  const other = otherKnock(first, host);
  const second = await post(activity, other, context);
  if (second.outcome === 'delivered') {
    return { verdict: second, manners: learnManners(other, first, host, context.now()) };
  }
  if (first.isTrial) return { verdict: second, manners: {} };
  // Where only one of the two is final, the host may only dislike the form of that one.
  return { verdict: verdict.outcome === 'retry' ? verdict : second, manners: {} };
}

async function post(activity: OutgoingActivity, knock: Knock, context: Context): Promise<Verdict> {
  const headers = await signRequest(activity, knock, context);
  const { url, body } = activity;
  return classifyResponse(await context.peers.post({ url, headers, body }));
}
