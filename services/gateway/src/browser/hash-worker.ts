import type { FileDigests } from '@artdag/verification';
import { createDigests } from './digests.ts';

/** What a worker says while it hashes a file. */
export type HashMessage =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly digests: FileDigests }
  | { readonly kind: 'failed' };

const SLICE_BYTES = 4 * 1024 * 1024;

addEventListener('message', ({ data }: MessageEvent<File>) => {
  hash(data).then(say, () => say({ kind: 'failed' }));
});

/** Both digests in one pass, a slice at a time: a file may be larger than memory. */
async function hash(file: File): Promise<HashMessage> {
  const digests = await createDigests();
  for (let from = 0; from < file.size; from += SLICE_BYTES) {
    const slice = new Uint8Array(await file.slice(from, from + SLICE_BYTES).arrayBuffer());
    digests.update(slice);
    say({ kind: 'progress', bytes: from + slice.length });
  }
  return { kind: 'done', digests: digests.end() };
}

function say(message: HashMessage): void {
  postMessage(message);
}
