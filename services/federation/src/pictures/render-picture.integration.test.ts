import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { renderPicture } from './render-picture.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#5a35c9' } });

test.each(['png', 'jpeg', 'gif', 'webp'] as const)(
  'a %s becomes two small WebPs',
  async (format) => {
    const found = await renderPicture(await picture(1600, 800).toFormat(format).toBuffer());
    expect([found?.large.width, found?.large.height]).toEqual([1024, 512]);
    expect([found?.small.width, found?.small.height]).toEqual([400, 200]);
    for (const rendition of [found?.large, found?.small]) {
      expect((await sharp(rendition?.bytes).metadata()).format).toBe('webp');
      expect(rendition?.bytes.length).toBeLessThan(200 * 1024);
    }
  },
);

test('noise is pressed below the limit', async () => {
  const raw = { width: 1024, height: 1024, channels: 3 } as const;
  const bytes = await sharp(randomBytes(3 * 1024 * 1024), { raw })
    .png()
    .toBuffer();
  const found = await renderPicture(bytes);
  expect(found?.large.bytes.length).toBeLessThan(200 * 1024);
});

test('what a camera has written into a file is not handed on', async () => {
  const bytes = await picture(64, 64)
    .withExif({ IFD0: { Artist: 'a secret' } })
    .jpeg()
    .toBuffer();
  const found = await renderPicture(bytes);
  expect((await sharp(found?.large.bytes).metadata()).exif).toBeUndefined();
});

describe('refused is', () => {
  test.each([
    [
      'SVG with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', Buffer.alloc(0)],
    [
      'the head of a PNG, and nonsense',
      Buffer.concat([
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        Buffer.alloc(100, 1),
      ]),
    ],
    ['a TIFF', Buffer.from('II*\0nonsense')],
  ])('%s', async (_, bytes) => {
    expect(await renderPicture(bytes)).toBeUndefined();
  });

  test('a small file that unfolds into 900 megapixels', async () => {
    expect(await renderPicture(bombOf(30_000))).toBeUndefined();
  });
});

/** A PNG of a few hundred kilobytes, one bit a pixel, all of one colour. */
function bombOf(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
