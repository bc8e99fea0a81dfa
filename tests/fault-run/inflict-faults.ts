import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { l1Faults } from './l1-faults.ts';
import { peerFaults } from './peer-faults.ts';
import { processFaults } from './process-faults.ts';
import type { Random } from './random.ts';
import type { Scene } from './start-scene.ts';
import { storeFaults } from './store-faults.ts';

/** How long faults are inflicted, and how long nothing happens between two of them, in seconds. */
export interface FaultPlan {
  readonly seconds: number;
  readonly pause: readonly [from: number, to: number];
}

/**
 * Inflicts one fault after the other, in an order that only the seed decides: each kind once before
 * any comes again. Returns their names.
 */
export async function inflictFaults(
  scene: Scene,
  random: Random,
  { seconds, pause: [from, to] }: FaultPlan,
): Promise<string[]> {
  const done: string[] = [];
  const until = performance.now() + seconds * 1000;
  let waiting: Fault[] = [];
  while (performance.now() < until) {
    await delay(random.between(from, to) * 1000);
    if (waiting.length === 0)
      waiting = [...processFaults, ...storeFaults, ...peerFaults, ...l1Faults];
    const [fault] = waiting.splice(Math.floor(random.next() * waiting.length), 1);
    if (!fault) continue;
    process.stdout.write(`${new Date().toISOString()} ${fault.name}\n`);
    await fault.inflict(scene, random);
    done.push(fault.name);
  }
  return done;
}
