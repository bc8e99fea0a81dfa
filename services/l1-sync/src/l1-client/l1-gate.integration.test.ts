import { createTestStore } from '@artdag/testing';
import { expect, inject, test } from 'vitest';
import { createL1Gate, type L1Gate, type Passage } from './l1-gate.ts';

const ILL = 'http://ill.example:8100';
const WELL = 'http://well.example:8100';

/** Two workers over one store, whose clock a test holds in its hands. */
async function createWorkers() {
  const store = await createTestStore(inject('mongodbUrl'));
  await store.l1Servers.ensure([ILL, WELL]);
  const clock = { now: Date.UTC(2026, 0, 6) };
  const { l1Servers } = store;
  const create = () =>
    createL1Gate({ l1Servers, places: 2, now: () => new Date(clock.now), random: () => 0.5 });
  return {
    clock,
    gates: [create(), create()] as const,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

async function go(gate: L1Gate, l1Server: string): Promise<Extract<Passage, { kind: 'go' }>> {
  const passage = await gate.enter(l1Server);
  return passage.kind === 'go' ? passage : expect.unreachable(`${l1Server}: ${passage.kind}`);
}

test('an L1 has no more than its places at once, and holds up no other one', async () => {
  await using workers = await createWorkers();
  const [gate] = workers.gates;
  const first = await go(gate, ILL);
  await go(gate, ILL);
  const busy = await gate.enter(ILL);
  expect(busy).toEqual({ kind: 'busy', until: new Date(workers.clock.now + 600) });
  await go(gate, WELL);
  await first.release({ isReachable: true });
  await go(gate, ILL);
  expect((await gate.enter(ILL)).kind).toBe('busy');
});

test('five failures close an L1 for every worker; one probe of one worker opens it again', async () => {
  await using workers = await createWorkers();
  const { clock, gates } = workers;
  const [one, other] = gates;
  for (let failures = 0; failures < 5; failures += 1) {
    await (await go(one, ILL)).release({ isReachable: false, error: 'refused' });
  }
  expect([(await one.enter(ILL)).kind, (await other.enter(ILL)).kind]).toEqual(['open', 'open']);
  await (await go(one, WELL)).release({ isReachable: true });
  await go(other, WELL);

  clock.now += 31_000;
  const passages = await Promise.all(gates.map((gate) => gate.enter(ILL)));
  expect(passages.map(({ kind }) => kind).toSorted()).toEqual(['go', 'open']);
  for (const passage of passages) {
    if (passage.kind === 'go') await passage.release({ isReachable: true });
  }
  clock.now += 1001;
  await Promise.all(gates.map((gate) => go(gate, ILL)));
});
