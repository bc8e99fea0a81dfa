import { setTimeout as delay } from 'node:timers/promises';
import type { LoopbackPeer, PeerActivity } from './loopback-peer.ts';
import { type PostAnswer, sendPost } from './send-post.ts';

/** An activity that a peer wants taken in, and how each of its posts was answered. */
export interface Posted {
  readonly activity: PeerActivity;
  readonly answers: PostAnswer[];
}

/** A peer that posts Follows at a steady rate, whatever the answers. */
export interface InboxLoad {
  readonly peer: LoopbackPeer;
  readonly actorIri: string;
  /** Every Follow that was begun. */
  readonly posted: readonly Posted[];
  /** Those that no server may take: a body that was tampered with, an id on another host. */
  readonly refused: readonly Posted[];
  /** Begins no more, and waits until each has its last answer. */
  finish(): Promise<void>;
}

/** Who is posted to, and where. */
export interface InboxLoadOptions {
  readonly peer: LoopbackPeer;
  readonly actor: { readonly id: string; readonly inbox: string };
  /** Gateways, each in turn. */
  readonly gatewayUrls: readonly [string, ...string[]];
  readonly perSecond: number;
}

const USERS = 5;
const BAD_EVERY = 5;
const RETRY_MS = 250;
const GIVE_UP_MS = 60_000;

/** Starts a load of Follows by several actors of a peer. */
export function startInboxLoad(options: InboxLoadOptions): InboxLoad {
  const { peer, actor, gatewayUrls, perSecond } = options;
  const posted: Posted[] = [];
  const refused: Posted[] = [];
  const clients: Promise<void>[] = [];
  let turn = 0;
  const nextUrl = () => gatewayUrls[turn++ % gatewayUrls.length] ?? gatewayUrls[0];

  /** As real peers do: after a 503 or a broken connection, signed anew and posted again. */
  async function post({ activity, answers }: Posted) {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    for (;;) {
      const answer = await sendPost(await peer.sign(actor.inbox, activity), nextUrl());
      answers.push(answer);
      if (answer.status !== 503 && answer.status !== 'lost') return;
      if (performance.now() > giveUpAt) return;
      await delay(RETRY_MS);
    }
  }

  async function postTampered({ activity, answers }: Posted) {
    const signed = await peer.sign(actor.inbox, { ...activity, type: 'Like' });
    const body = Buffer.from(JSON.stringify(activity));
    answers.push(await sendPost({ ...signed, body }, nextUrl()));
  }

  async function postForeign({ activity, answers }: Posted) {
    answers.push(await sendPost(await peer.sign(actor.inbox, activity), nextUrl()));
  }

  function begin() {
    const number = posted.length;
    const follow = () => peer.activity('Follow', actor.id, `fan${number % USERS}`);
    const wanted = { activity: follow(), answers: [] };
    posted.push(wanted);
    clients.push(post(wanted));
    if (number % BAD_EVERY !== 0) return;
    const tampered = { activity: follow(), answers: [] };
    const foreign = {
      activity: { ...follow(), id: `https://elsewhere.example/activities/${number}` },
      answers: [],
    };
    refused.push(tampered, foreign);
    clients.push(postTampered(tampered), postForeign(foreign));
  }

  const timer = setInterval(begin, 1000 / perSecond);
  return {
    peer,
    actorIri: actor.id,
    posted,
    refused,
    async finish() {
      clearInterval(timer);
      await Promise.all(clients);
    },
  };
}
