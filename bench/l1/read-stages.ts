import type { Store } from '@artdag/store';
import type { RequestedRuns } from './request-runs.ts';

/** Milliseconds that each run took: until l1-sync had registered it, from then to its signature, and in all. */
export interface Stages {
  readonly registering: readonly number[];
  readonly signing: readonly number[];
  readonly completion: readonly number[];
  /** When the last signature was made. */
  readonly endedAt: number;
}

/** Reads from the stored documents when each step of each run was made. */
export async function readStages(
  store: Pick<Store, 'documents'>,
  { sentAt }: RequestedRuns,
): Promise<Stages> {
  const signedAt = new Map<string, number>();
  for await (const { _id, signedAt: at } of store.documents.activities.stream()) {
    if (at) signedAt.set(_id, at.getTime());
  }
  const registering: number[] = [];
  const signing: number[] = [];
  const completion: number[] = [];
  let endedAt = 0;
  for await (const { _id: name, activityId, registeredAt } of store.documents.assets.stream()) {
    const sent = sentAt.get(name);
    const signed = signedAt.get(activityId ?? '');
    if (sent === undefined) continue;
    if (signed === undefined) throw new Error(`${name} is not signed`);
    registering.push(registeredAt.getTime() - sent);
    signing.push(signed - registeredAt.getTime());
    completion.push(signed - sent);
    endedAt = Math.max(endedAt, signed);
  }
  return { registering, signing, completion, endedAt };
}
