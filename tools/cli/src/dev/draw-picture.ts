import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue, each from 0 to 1. */
export type Colour = readonly [number, number, number];

/** The colour at a place; `x` and `y` go from 0 to 1, from the upper left. */
export type Painter = (x: number, y: number) => Colour;

const WIDTH = 480;
const HEIGHT = 360;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const [EIGHT_BITS, TRUE_COLOUR] = [8, 2];

/** What a painter paints, as a PNG. */
export function drawPicture(paint: Painter): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([EIGHT_BITS, TRUE_COLOUR], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(drawRows(paint))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row begins with a byte that says that its pixels stand there as they are. */
function drawRows(paint: Painter): Buffer {
  const rowBytes = 1 + 3 * WIDTH;
  const rows = Buffer.alloc(HEIGHT * rowBytes);
  for (let row = 0; row < HEIGHT; row += 1) {
    for (let column = 0; column < WIDTH; column += 1) {
      const colour = paint(column / WIDTH, row / HEIGHT).map(toByte);
      rows.set(colour, row * rowBytes + 1 + 3 * column);
    }
  }
  return rows;
}

function toByte(part: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, part)));
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
