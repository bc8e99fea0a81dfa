import { connectStore, type Store } from '@artdag/store';
import type { Constellation } from '@artdag/testing';
import type { InboxLoad, Posted } from './inbox-load.ts';
import type { LoopbackPeer } from './loopback-peer.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

/**
 * Waits until all that was accepted is processed and answered, then holds what the peer was told
 * against what is stored and what it got. Each broken invariant is one line.
 */
export async function auditInbox(
  { posted, refused, peer, actorIri }: Pick<InboxLoad, 'posted' | 'refused' | 'peer' | 'actorIri'>,
  { mongodbUrl }: Pick<Constellation, 'mongodbUrl'>,
): Promise<string[]> {
  await using store = await connectStore(mongodbUrl);
  await waitUntilQuiet(store, [peer.host]);
  return [
    ...(await collect(posted, (each) => auditEffect(each, peer, store))),
    ...(await collect(refused, (each) => auditRefusal(each, peer, store))),
    ...(await auditFollowers(posted, actorIri, store)),
  ];
}

/** Answers that were neither a 202 nor a 503 that says when to come again, nor a broken connection. */
export function findOtherAnswers(posted: readonly Posted[]): string[] {
  return posted.flatMap(({ activity, answers }) =>
    answers
      .filter(({ status, retryAfter }) =>
        status === 503 ? retryAfter === null : status !== 202 && status !== 'lost',
      )
      .map(({ status }) => `${activity.id}: ${status}`),
  );
}

/** Ids of the different answers of a type that a peer has got to one of its activities. */
export function answersTo(id: string, type: string, peer: LoopbackPeer): ReadonlySet<unknown> {
  const answers = peer.received.filter(
    (activity) =>
      activity['type'] === type && JSON.stringify(activity['object']).includes(`"${id}"`),
  );
  return new Set(answers.map((activity) => activity['id']));
}

/** I1: what was accepted is processed, and its one effect has reached the peer. */
async function auditEffect(
  { activity: { id }, answers }: Posted,
  peer: LoopbackPeer,
  store: Store,
): Promise<string[]> {
  const last = answers.at(-1)?.status;
  if (last !== 202) return [`${id}: the last answer is ${last}`];
  const stored = await store.receivedActivities.find(store.receivedActivities.idOf(id));
  const accepts = answersTo(id, 'Accept', peer).size;
  return [
    ...(stored?.state === 'processed' ? [] : [`I1 ${id}: ${stored?.state ?? 'not stored'}`]),
    ...(accepts === 1 ? [] : [`I1 ${id}: ${accepts} Accepts`]),
  ];
}

/** I7: a refusal leaves nothing behind. */
async function auditRefusal(
  { activity: { id }, answers }: Posted,
  peer: LoopbackPeer,
  store: Store,
): Promise<string[]> {
  const isTaken = answers.some(({ status }) => status === 202);
  const stored = await store.receivedActivities.find(store.receivedActivities.idOf(id));
  return [
    ...(isTaken ? [`I7 ${id}: accepted`] : []),
    ...(stored ? [`I7 ${id}: refused, and stored`] : []),
    ...(answersTo(id, 'Accept', peer).size === 0 ? [] : [`I7 ${id}: refused, and answered`]),
  ];
}

/** I4: whoever has asked to follow does, once. */
async function auditFollowers(
  posted: readonly Posted[],
  actorIri: string,
  store: Store,
): Promise<string[]> {
  const response = await fetch(`${actorIri}/followers`);
  const { totalItems: shown } = (await response.json()) as { totalItems: number };
  const counts = {
    shown,
    stored: await store.followers.count(actorIri.slice(actorIri.lastIndexOf('/') + 1)),
    asked: new Set(posted.map(({ activity }) => activity.actor)).size,
  };
  return new Set(Object.values(counts)).size === 1 ? [] : [`I4 ${JSON.stringify(counts)}`];
}

async function collect(
  posted: readonly Posted[],
  audit: (each: Posted) => Promise<string[]>,
): Promise<string[]> {
  return (await Promise.all(posted.map(audit))).flat();
}
