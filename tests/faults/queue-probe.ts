import { jobIdOf, signActivity } from '@artdag/queues';
import { type Constellation, redisCommand } from '@artdag/testing';

type Place = Pick<Constellation, 'redisUrl' | 'queuePrefix'>;

/** Whether Redis holds a job for this activity, in whatever state. */
export async function hasJob(activityId: string, place: Place): Promise<boolean> {
  const key = keyOf(jobIdOf(signActivity, activityId), place);
  return (await redisCommand(place.redisUrl, 'EXISTS', key)) === ':1';
}

/** Whether a living signer holds the job of this activity. */
export async function isLocked(activityId: string, place: Place): Promise<boolean> {
  const key = `${keyOf(jobIdOf(signActivity, activityId), place)}:lock`;
  return (await redisCommand(place.redisUrl, 'EXISTS', key)) === ':1';
}

/** How many jobs stand in one of BullMQ's lists: `wait`, or `active` for those that signers have taken. */
export async function countJobs(list: 'wait' | 'active', place: Place): Promise<number> {
  const answer = await redisCommand(place.redisUrl, 'LLEN', keyOf(list, place));
  return Number(answer.slice(1));
}

function keyOf(name: string, { queuePrefix }: Place): string {
  return `{${queuePrefix}:${signActivity.name}}:${signActivity.name}:${name}`;
}
