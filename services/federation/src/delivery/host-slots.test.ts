import { expect, test } from 'vitest';
import { createHostSlots, type HostSlots, type SlotUse } from './host-slots.ts';

const good: SlotUse = { isReachable: true, tookMs: 50 };
const timedOut: SlotUse = { isReachable: false, tookMs: 10_000 };

function setUp(total = 80, capacity = 10_000) {
  const clock = { time: 1_000_000 };
  const options = { total, capacity, now: () => new Date(clock.time), random: () => 0 };
  return { clock, slots: createHostSlots(options) };
}

/** Takes as many slots of a host as there are; the last turn says when to ask again. */
function takeAll(slots: HostSlots, host: string) {
  const releases: Array<(use: SlotUse | undefined) => void> = [];
  for (;;) {
    const turn = slots.take(host);
    if (turn.kind === 'later') return { count: releases.length, releases, againAt: turn.at };
    releases.push(turn.release);
  }
}

function meet(slots: HostSlots, host: string, use: SlotUse) {
  for (const release of takeAll(slots, host).releases) release(use);
}

test('at most 4 at once go to a host that answers, 1 to one that has yet to', () => {
  const { slots } = setUp();
  const first = takeAll(slots, 'a.example');
  expect(first.count).toBe(1);
  first.releases[0]?.(good);
  const { count, releases } = takeAll(slots, 'a.example');
  expect(count).toBe(4);
  releases[0]?.(good);
  expect(takeAll(slots, 'a.example').count).toBe(1);
});

test('a host that timed out gets one at a time until it answers', () => {
  const { slots } = setUp();
  meet(slots, 'a.example', good);
  meet(slots, 'a.example', timedOut);
  const { count, releases } = takeAll(slots, 'a.example');
  expect(count).toBe(1);
  releases[0]?.(good);
  expect(takeAll(slots, 'a.example').count).toBe(4);
});

test('one dead host starving all: black holes hold an eighth of the slots, however many they are', () => {
  const { slots } = setUp(80);
  const hosts = Array.from({ length: 200 }, (_, index) => `hole-${index}.example`);
  for (const host of hosts) meet(slots, host, timedOut);
  meet(slots, 'good.example', good);
  const held = hosts.reduce((sum, host) => sum + takeAll(slots, host).count, 0);
  expect(held).toBe(10);
  expect(takeAll(slots, 'good.example').count).toBe(4);
});

test('hosts never met hold half of the slots at most', () => {
  const { slots } = setUp(80);
  meet(slots, 'good.example', good);
  const hosts = Array.from({ length: 200 }, (_, index) => `new-${index}.example`);
  expect(hosts.reduce((sum, host) => sum + takeAll(slots, host).count, 0)).toBe(40);
  expect(takeAll(slots, 'good.example').count).toBe(4);
});

test('those that are turned away come back one after the other, within half a minute', () => {
  const { clock, slots } = setUp();
  const turnAway = (times: number) =>
    Array.from({ length: times }, () => {
      const turn = slots.take('a.example');
      return turn.kind === 'later' ? turn.at.getTime() - clock.time : 0;
    });
  expect(turnAway(4)).toEqual([0, 300, 400, 500]);
  expect(turnAway(200).at(-1)).toBe(15_200);
});

test('a host that asks to wait is let alone until then', () => {
  const { clock, slots } = setUp();
  meet(slots, 'a.example', good);
  slots.hold('a.example', new Date(clock.time + 60_000));
  expect(takeAll(slots, 'a.example')).toMatchObject({
    count: 0,
    againAt: new Date(clock.time + 60_200),
  });
  clock.time += 60_000;
  expect(takeAll(slots, 'a.example').count).toBe(4);
});

test('unbounded per-host state: idle hosts are forgotten, busy ones are not', () => {
  const { slots } = setUp(80, 3);
  meet(slots, 'a.example', good);
  const busy = slots.take('a.example');
  for (const host of ['b', 'c', 'd', 'e']) meet(slots, `${host}.example`, good);
  expect(takeAll(slots, 'a.example').count).toBe(3);
  if (busy.kind === 'now') busy.release(good);
  expect(takeAll(slots, 'b.example').count).toBe(1);
});
