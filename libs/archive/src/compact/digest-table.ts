import { hash } from 'node:crypto';

/** Numbers by texts of which only a digest is kept: 23 to 46 bytes of memory for each, outside the heap. */
export interface DigestTable {
  get(key: Digest): number | undefined;
  /** Sets the number of a key, an integer from 0 to 2^32 - 2. */
  set(key: Digest, value: number): void;
}

/** Twelve bytes of a SHA-256: two texts never have the same by chance. */
export type Digest = readonly [number, number, number];

/** The digest of some texts, in their order. */
export function digestOf(...texts: readonly string[]): Digest {
  const bytes = hash('sha256', JSON.stringify(texts), 'buffer');
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8)];
}

/** Three numbers of a key, and its value plus one: zero marks a free slot. */
const WIDTH = 4;
const FIRST_SLOTS = 1024;
const MOST_FILLED = 0.7;

/** An empty {@link DigestTable}: open addressing, as the digest itself is spread evenly. */
export function createDigestTable(): DigestTable {
  let slots = new Uint32Array(FIRST_SLOTS * WIDTH);
  let size = 0;

  function grow() {
    const old = slots;
    slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WIDTH) {
      if (old[at + 3] === 0) continue;
      const slot = old.subarray(at, at + WIDTH);
      slots.set(slot, findSlot(slots, [slot[0] ?? 0, slot[1] ?? 0, slot[2] ?? 0]));
    }
  }
  return {
    get(key) {
      const value = slots[findSlot(slots, key) + 3] ?? 0;
      return value === 0 ? undefined : value - 1;
    },
    set(key, value) {
      if ((size + 1) * WIDTH > slots.length * MOST_FILLED) grow();
      const at = findSlot(slots, key);
      if (slots[at + 3] === 0) size += 1;
      slots.set([...key, value + 1], at);
    },
  };
}

/** Where a key stands, or the free place that it would have. */
function findSlot(slots: Uint32Array, [one, two, three]: Digest): number {
  const mask = slots.length - 1;
  let at = (one * WIDTH) & mask;
  while (slots[at + 3] !== 0) {
    if (slots[at] === one && slots[at + 1] === two && slots[at + 2] === three) break;
    at = (at + WIDTH) & mask;
  }
  return at;
}
