import { setTimeout as delay } from 'node:timers/promises';
import type { L1 } from '../l1/start-l1.ts';
import { type Account, createAccount } from './account.ts';

/** A run of an L1 that a client wants registered, and all that it was told of it. */
export interface RunWish {
  readonly runId: string;
  readonly outputName: string;
  /** What the run has made; nothing where it is not to be registered. */
  readonly contentHash: string | undefined;
  /** Where the L1 wants to hear of the end, on its own address. */
  readonly callbackPath: string;
  /** Of each POST, in the order in which they were answered; `lost` where the connection broke. */
  readonly statuses: (number | 'lost')[];
}

/** An L1's clients, who want runs registered at a steady rate and do not wait for the end. */
export interface RunLoad {
  readonly account: Account;
  readonly l1: L1;
  /** Every wish that was begun. */
  readonly wishes: readonly RunWish[];
  /** Begins no more, and waits until each client has its last answer. */
  finish(): Promise<void>;
}

/** Every so manieth wish comes twice at once, is about a run that is not finished yet, or unknown. */
const TWICE_EVERY = 3;
const LATER_EVERY = 4;
const UNKNOWN_EVERY = 5;
const RETRY_MS = 250;
const GIVE_UP_MS = 60_000;

/** Starts `perSecond` wishes a second, at each of `gatewayUrls` in turn. */
export async function startRunLoad(
  gatewayUrls: readonly [string, ...string[]],
  l1: L1,
  perSecond: number,
): Promise<RunLoad> {
  const account = await createAccount(gatewayUrls[0]);
  const wishes: RunWish[] = [];
  const clients: Promise<void>[] = [];
  let turn = 0;
  const nextUrl = () => gatewayUrls[turn++ % gatewayUrls.length] ?? gatewayUrls[0];

  /** As an L1 does: after a 503 or a broken connection, the same again. */
  async function record(wish: RunWish) {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    for (;;) {
      const status = await post(nextUrl(), wish);
      wish.statuses.push(status);
      if (status !== 503 && status !== 'lost') return;
      if (performance.now() > giveUpAt) return;
      await delay(RETRY_MS);
    }
  }

  async function post(gatewayUrl: string, wish: RunWish) {
    const { runId: run_id, outputName: output_name, callbackPath } = wish;
    const response = await fetch(`${gatewayUrl}/registry/record-run`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${account.token}`,
        prefer: 'respond-async',
      },
      body: JSON.stringify({ run_id, output_name, callback_url: `${l1.url}${callbackPath}` }),
    }).catch(() => undefined);
    // A body that breaks off was not an answer.
    const isWhole = await response?.arrayBuffer().then(
      () => true,
      () => false,
    );
    return response && isWhole ? response.status : 'lost';
  }

  function begin() {
    const number = wishes.length;
    const wish = newWish(number, account);
    wishes.push(wish);
    clients.push(record(wish));
    if (number % TWICE_EVERY === 0) clients.push(record(wish));
  }

  const timer = setInterval(begin, 1000 / perSecond);
  return {
    account,
    l1,
    wishes,
    async finish() {
      clearInterval(timer);
      await Promise.all(clients);
    },
  };
}

function newWish(number: number, { username }: Account): RunWish {
  const wish = {
    outputName: `${username}:run:${number}`,
    callbackPath: `/callbacks/${username}/${number}`,
    statuses: [],
  };
  if (number % UNKNOWN_EVERY === UNKNOWN_EVERY - 1)
    return { ...wish, runId: `unknown.${number}-${username}`, contentHash: undefined };
  const contentHash = `${number}-made-for-${username}`;
  const runId = number % LATER_EVERY === 1 ? `later.2.${contentHash}` : `done.${contentHash}`;
  return { ...wish, runId, contentHash };
}
