import { setTimeout as delay } from 'node:timers/promises';

interface Condition {
  isTrue(): Promise<boolean>;
  /** Whether it cannot become true any more. */
  isHopeless(): boolean;
  readonly withinMs: number;
}

/** Asks again until the condition holds; false when it cannot, or not in time. */
export async function waitUntil({ isTrue, isHopeless, withinMs }: Condition): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline && !isHopeless()) {
    if (await isTrue()) return !isHopeless();
    await delay(50);
  }
  return false;
}
