/** Short texts that are kept outside the heap, one byte for each character and two for each text. */
export interface TextArena {
  /** Keeps a text, and returns the number that {@link TextArena.get} finds it by. */
  add(text: string): number;
  get(place: number): string;
}

const BLOCK_BYTES = 1 << 20;
const LENGTH_BYTES = 2;
/** Characters that a text may have. */
const MAX_LENGTH = 65_535;

/** An empty {@link TextArena}. Its texts are ASCII. */
export function createTextArena(): TextArena {
  const blocks: Buffer[] = [];
  let free = BLOCK_BYTES;
  return {
    add(text) {
      if (text.length > MAX_LENGTH) throw new RangeError(`a text has ${text.length} characters`);
      if (free + LENGTH_BYTES + text.length > BLOCK_BYTES) {
        blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
        free = 0;
      }
      const block = blocks.length - 1;
      const place = free;
      blocks[block]?.writeUInt16LE(text.length, place);
      blocks[block]?.write(text, place + LENGTH_BYTES, 'latin1');
      free += LENGTH_BYTES + text.length;
      return block * BLOCK_BYTES + place;
    },
    get(place) {
      const block = blocks[Math.floor(place / BLOCK_BYTES)];
      const start = place % BLOCK_BYTES;
      if (!block) throw new RangeError(`no text is kept at ${place}`);
      const from = start + LENGTH_BYTES;
      return block.toString('latin1', from, from + block.readUInt16LE(start));
    },
  };
}
