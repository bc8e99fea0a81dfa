const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

/** Whether bytes begin as a PNG, JPEG, GIF or WebP does. What a server says of their type does not count. */
export function isRaster(bytes: Buffer): boolean {
  const beginsWith = (head: readonly number[]) => head.every((byte, at) => bytes[at] === byte);
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  return (
    beginsWith(PNG) ||
    beginsWith(JPEG) ||
    /^GIF8[79]a$/.test(text(0, 6)) ||
    (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
  );
}
