import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createScriptDigests, createWasmDigests } from './digests.ts';

/** Lengths around the block sizes of both algorithms, 136 and 64 bytes. */
const lengths = [0, 1, 55, 56, 63, 64, 65, 135, 136, 137, 272, 5000];

test.each(lengths)('%i bytes have the digests that Node.js gives, by both ways', async (length) => {
  const bytes = randomBytes(length);
  const digestOf = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  const expected = { sha3: digestOf('sha3-256'), sha256: digestOf('sha256') };
  for (const digests of [await createWasmDigests(), createScriptDigests()]) {
    digests.update(bytes.subarray(0, 70));
    digests.update(bytes.subarray(70));
    expect(digests.end()).toEqual(expected);
  }
});
