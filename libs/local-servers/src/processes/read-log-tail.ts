import { open } from 'node:fs/promises';

const tailBytes = 4_096;
const tailLines = 5;

/** The last lines of a log, on one line. */
export async function readLogTail(file: string): Promise<string> {
  await using handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '(no log)';
  const { size } = await handle.stat();
  const length = Math.min(size, tailBytes);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  const lines = buffer
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(-tailLines).join(' | ') || '(empty)';
}
