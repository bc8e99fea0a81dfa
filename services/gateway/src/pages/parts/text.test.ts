import { describe, expect, test } from 'vitest';
import { shellWord } from '../work/verify-commands.ts';
import { safeUrl } from './safe-url.ts';
import { plainText, shorten } from './text.ts';

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>',
  'vbscript:x',
  'file:///etc/passwd',
  'https://user:secret@example.org/',
  '//example.org',
  '/registry',
  'no url',
  `https://example.org/${'x'.repeat(3000)}`,
])('%s is no address for a link', (url) => {
  expect(safeUrl(url)).toBeUndefined();
});

test('an address of the web stays, in its normal form', () => {
  expect(safeUrl('https://example.org/a"b<c>')).toBe('https://example.org/a%22b%3Cc%3E');
});

describe('plain text', () => {
  test('has no marks that turn what stands around it', () => {
    expect(plainText('a\u202egnp.exe\u2066\u0000\n')).toBe('a gnp.exe   ');
  });

  test('is short, and cut between characters', () => {
    expect(plainText('x'.repeat(10_000))).toHaveLength(201);
    expect(shorten('\u{1f408}'.repeat(10), 4)).toBe(`${'\u{1f408}'.repeat(4)}…`);
  });
});

test('a name cannot leave its word in a command', () => {
  expect(shellWord("https://art.example/registry/a';rm -rf ~;'")).toBe(
    "'https://art.example/registry/a%27;rm -rf ~;%27'",
  );
});
