import type { Random } from './random.ts';
import type { Scene } from './start-scene.ts';

/** Something that goes wrong, and is mended again by the time that `inflict` ends. */
export interface Fault {
  /** Its number in the list of faults to survive, and what happens. */
  readonly name: string;
  inflict(scene: Scene, random: Random): Promise<void>;
}
