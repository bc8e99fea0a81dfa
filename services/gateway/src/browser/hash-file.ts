import type { FileDigests } from '@artdag/verification';
import type { HashMessage } from './hash-worker.ts';

/**
 * Hashes a file in a worker. Nothing of it leaves the browser.
 *
 * @param onProgress - hears of the share that is read, from 0 to 100
 * @returns the digests, or nothing where the file cannot be read
 */
export function hashFile(
  file: File,
  onProgress: (percent: number) => void,
): Promise<FileDigests | undefined> {
  const { promise, resolve } = Promise.withResolvers<FileDigests | undefined>();
  const worker = new Worker('/scripts/hash-worker.js', { type: 'module' });
  worker.addEventListener('error', () => resolve(undefined));
  worker.addEventListener('message', ({ data }: MessageEvent<HashMessage>) => {
    switch (data.kind) {
      case 'progress':
        return onProgress(Math.floor((100 * data.bytes) / Math.max(file.size, 1)));
      case 'done':
        return resolve(data.digests);
      case 'failed':
        return resolve(undefined);
    }
  });
  worker.postMessage(file);
  return promise.finally(() => worker.terminate());
}
