import type { Picture, Rendition } from '@artdag/store';
import sharp from 'sharp';
import { isRaster } from './is-raster.ts';

/** What a small file may unfold into: 50 megapixels. */
const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;
const MAX_BYTES = 200 * 1024;

/** Sides and qualities, the best first, of which the first that is small enough is kept. */
const LARGE = [
  { side: 1024, quality: 82 },
  { side: 1024, quality: 60 },
  { side: 640, quality: 50 },
] as const;
const SMALL = [
  { side: 400, quality: 75 },
  { side: 320, quality: 50 },
] as const;

type Step = (typeof LARGE | typeof SMALL)[number];

/**
 * Copies of a picture as WebP, without what its file says of cameras and places; nothing where it is
 * no picture of a kind that is shown, is broken, or is too large to unfold.
 */
export async function renderPicture(
  bytes: Buffer,
): Promise<Omit<Picture, 'contentHash'> | undefined> {
  if (!isRaster(bytes)) return undefined;
  const large = await renderWithin(bytes, LARGE);
  const small = large && (await renderWithin(bytes, SMALL));
  return small && { small, large };
}

async function renderWithin(bytes: Buffer, steps: readonly Step[]): Promise<Rendition | undefined> {
  for (const step of steps) {
    const rendition = await render(bytes, step);
    if (!rendition || rendition.bytes.length <= MAX_BYTES) return rendition;
  }
  return undefined;
}

async function render(bytes: Buffer, { side, quality }: Step): Promise<Rendition | undefined> {
  try {
    const { data, info } = await sharp(bytes, {
      limitInputPixels: MAX_PIXELS,
      failOn: 'error',
      sequentialRead: true,
    })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality, effort: 3 })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, bytes: data };
  } catch {
    // Whatever a stranger's file breaks in the decoder: it is not shown.
    return undefined;
  }
}
