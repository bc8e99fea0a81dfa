import { generateKeyPairSync } from 'node:crypto';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { encodeEd25519Multikey, parseEd25519Multikey } from './multikey.ts';

const { publicKey } = generateKeyPairSync('ed25519');

describe('Multikey', () => {
  it('reads back what it writes', () => {
    const text = encodeEd25519Multikey(publicKey);
    expect(text).toMatch(/^z6Mk/);
    expect(parseEd25519Multikey(text).equals(publicKey)).toBe(true);
  });

  it('keeps the key of the vc-di-eddsa vectors', () => {
    const text = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
    expect(encodeEd25519Multikey(parseEd25519Multikey(text))).toBe(text);
  });

  const withPrefix = (prefix: number[], length: number) =>
    `z${base58.encode(Uint8Array.from([...prefix, ...new Array<number>(length).fill(7)]))}`;
  it.each([
    ['nothing', ''],
    ['another base', 'uAQID'],
    ['no base58', 'z0OIl'],
    ['another prefix', withPrefix([0x12, 0x00], 32)],
    ['a key too short', withPrefix([0xed, 0x01], 31)],
    ['a key too long', withPrefix([0xed, 0x01], 33)],
    ['a very long text', `z${'2'.repeat(1_000_000)}`],
  ])('refuses %s', (_, text) => {
    expect(() => parseEd25519Multikey(text)).toThrow(
      expect.objectContaining({ code: 'key-unusable' }),
    );
  });

  it('refuses to write a key of another type', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(() => encodeEd25519Multikey(rsa)).toThrow(
      expect.objectContaining({ code: 'key-unusable' }),
    );
  });
});
