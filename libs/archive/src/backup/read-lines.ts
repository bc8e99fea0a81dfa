import { createReadStream } from 'node:fs';

const BATCH_LINES = 200;
const BATCH_BYTES = 4 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** The lines of a file, some at a time. Only a line feed ends one: texts may hold every other separator. */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  let lines: string[] = [];
  let bytes = 0;
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(Buffer.concat([...begun, chunk.subarray(start, end)]).toString());
      bytes += end - start;
      begun = [];
      start = end + 1;
      if (lines.length < BATCH_LINES && bytes < BATCH_BYTES) continue;
      yield lines;
      lines = [];
      bytes = 0;
    }
    bytes += chunk.length - start;
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (lines.length > 0) yield lines;
}
