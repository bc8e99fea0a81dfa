import { expect, test } from 'vitest';
import { bundleScripts } from './bundle-scripts.ts';

const KIB = 1024;

test('scripts are small, name shared parts by their content, and bring their sources', async () => {
  const files = await bundleScripts();
  const scripts = [...files].filter(([name]) => name.endsWith('.js'));
  const bytes = (names: string[]) =>
    scripts
      .filter(([name]) => names.includes(name) || name.startsWith('chunk-'))
      .reduce((sum, [, { gzip }]) => sum + gzip.length, 0);
  expect(bytes(['page.js', 'verify.js', 'hash-worker.js'])).toBeLessThan(30 * KIB);
  expect(bytes(['page.js', 'register-work.js', 'hash-worker.js'])).toBeLessThan(30 * KIB);
  for (const [name, { isImmutable }] of scripts) {
    expect(isImmutable).toBe(name.startsWith('chunk-'));
    expect(files.get(`${name}.map`)?.type).toBe('application/json');
  }
});
