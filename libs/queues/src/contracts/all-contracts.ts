import { checkRun } from './check-run.ts';
import { createKeys } from './create-keys.ts';
import { deliverActivity } from './deliver-activity.ts';
import { fanOutActivity } from './fan-out-activity.ts';
import { fetchPicture } from './fetch-picture.ts';
import { notifyL1 } from './notify-l1.ts';
import { processInboxActivity } from './process-inbox-activity.ts';
import type { QueueContract } from './queue-contract.ts';
import { recordRun } from './record-run.ts';
import { refreshActor } from './refresh-actor.ts';
import { reportRun } from './report-run.ts';
import { resolveActor } from './resolve-actor.ts';
import { resolveFollower } from './resolve-follower.ts';
import { resolveObject } from './resolve-object.ts';
import { signActivity } from './sign-activity.ts';

/** Every queue there is, in the order in which work passes through them. */
export const allContracts: readonly QueueContract[] = [
  createKeys,
  signActivity,
  fanOutActivity,
  deliverActivity,
  processInboxActivity,
  refreshActor,
  resolveActor,
  resolveFollower,
  resolveObject,
  recordRun,
  reportRun,
  checkRun,
  fetchPicture,
  notifyL1,
];

/** The contract of that name. */
export function findContract(name: string): QueueContract | undefined {
  return allContracts.find((contract) => contract.name === name);
}
