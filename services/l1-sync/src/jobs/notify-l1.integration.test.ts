import { beforeEach, expect, inject, test } from 'vitest';
import type { L1Message } from '../l1-client/l1-client.ts';
import { createTestL1Sync, L1_SERVER, type TestL1Sync } from '../testing/create-test-l1-sync.ts';
import { notifyL1Handler } from './notify-l1.ts';

const HOUR_MS = 3_600_000;

let sync: TestL1Sync;
let posted: L1Message[];
beforeEach(async () => {
  sync = await createTestL1Sync(inject('mongodbUrl'));
  posted = [];
  const { l1 } = sync;
  const post = (server: string, message: L1Message) => {
    posted.push(message);
    return l1.post(server, message);
  };
  Object.assign(sync, { l1: { ...l1, post } });
  await sync.store.tokens.revoke({
    tokenId: 't1',
    username: 'ada',
    expiresAt: new Date('2099-01-01'),
    at: sync.now(),
    notices: new Map([['n1', L1_SERVER]]),
  });
  return () => sync.store[Symbol.asyncDispose]();
});

const run = () => notifyL1Handler(sync).process({ noticeId: 'n1' }, new AbortController().signal);
const due = () => sync.store.l1Notices.outbox.due('notify-l1', new Date('2099-01-01'), 10);

test('tells the L1 once, signed by the user’s key, and keeps the promise', async () => {
  expect(await run()).toBeUndefined();
  expect(await run()).toBeUndefined();
  expect(posted).toHaveLength(1);
  const [{ url, body, headers } = { url: '', body: Buffer.alloc(0), headers: {} }] = posted;
  expect(url).toBe(`${L1_SERVER}/auth/revoke-user`);
  expect(JSON.parse(body.toString())).toEqual({ username: 'ada' });
  expect(String(Reflect.get(headers, 'signature-input'))).toContain(
    'keyid="https://art.example/users/ada#main-key"',
  );
  expect(await due()).toEqual([]);
});

test('tries again while the L1 is away, and succeeds when it is back', async () => {
  sync.receipt = { kind: 'failed', detail: 'it answered 503' };
  const waits: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const outcome = await run();
    const again = outcome?.againAt.getTime() ?? 0;
    waits.push(again - sync.clock.now);
    sync.clock.now = again;
  }
  expect(waits).toEqual([1000, 2000, 4000]);
  expect(await due()).toEqual(['n1']);
  sync.receipt = { kind: 'taken' };
  sync.clock.now += HOUR_MS;
  await run();
  expect(await due()).toEqual([]);
});

test('leaves an L1 alone that has failed too often, and gives up after a day', async () => {
  sync.receipt = { kind: 'failed', detail: 'no answer' };
  for (let n = 0; n < 8; n += 1) await run();
  expect(posted).toHaveLength(5);
  sync.clock.now += 25 * HOUR_MS;
  expect(await run()).toBeUndefined();
  expect(await due()).toEqual([]);
  expect(await sync.store.failures.groups()).toMatchObject([
    { kind: 'notify-l1', reason: `${L1_SERVER} was not told: no answer.`, count: 1 },
  ]);
});

test('an L1 that has no such address is not asked again, until an operator wants it', async () => {
  sync.receipt = { kind: 'refused', status: 404 };
  expect(await run()).toBeUndefined();
  expect(await run()).toBeUndefined();
  expect(posted).toHaveLength(1);
  await sync.store.failures.restore('notify-l1', ['n1'], sync.now());
  sync.receipt = { kind: 'taken' };
  await run();
  expect([posted.length, await due()]).toEqual([2, []]);
});
