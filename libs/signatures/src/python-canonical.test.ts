import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test as fuzz } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLosslessJson } from './lossless-json/parse-lossless-json.ts';
import { pythonCanonical } from './python-canonical.ts';
import { anyJsonText } from './testing/any-json-text.ts';
import { readValue } from './testing/read-value.ts';
import { readVectors } from './testing/read-vectors.ts';

interface CanonicalVector {
  readonly json: string;
  readonly canonical: string;
  readonly sha256: string;
}

const vectors: CanonicalVector[] = JSON.parse(readVectors('canonical.json'));
const canonicalize = (text: string) => pythonCanonical(parseLosslessJson(text));

// One process for all texts: each line holds a text as a JSON string, so that lone surrogates pass.
const pythonProgram = `
import json, sys
for line in sys.stdin:
    value = json.loads(json.loads(line))
    sys.stdout.write(json.dumps(json.dumps(value, sort_keys=True, separators=(",", ":"))) + "\\n")
`;

function canonicalizeByPython(texts: readonly string[]): string[] {
  const input = texts.map((text) => JSON.stringify(text)).join('\n');
  const options = { input, encoding: 'utf8', maxBuffer: 1e9 } as const;
  const output = execFileSync('python3', ['-c', pythonProgram], options);
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('pythonCanonical', () => {
  it.each(vectors)('gives the vector of $json', ({ json, canonical, sha256 }) => {
    const text = canonicalize(json);
    expect(text).toBe(canonical);
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  });

  it.each([
    ['-0', '0'],
    ['0.0', '0.0'],
    ['-0e9', '-0.0'],
    ['1e400', 'Infinity'],
    ['-1E400', '-Infinity'],
    ['1e-400', '0.0'],
    ['5e-324', '5e-324'],
    ['1e15', '1000000000000000.0'],
    ['9999999999999998.0', '9999999999999998.0'],
    ['1e22', '1e+22'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1e23', '1e+23'],
    ['0.00012345', '0.00012345'],
    ['0.000012345', '1.2345e-05'],
  ])('writes %s as %s', (text, expected) => expect(canonicalize(text)).toBe(expected));

  it('sorts lone surrogates below and pairs above the rest, as code points', () => {
    const text = '{"\\ud83d\\ude00":1,"\\ud83d":2,"\\ue000":3,"\\ud83dz":4,"\\uffff":5,"a":6}';
    expect(canonicalize(text)).toBe(
      '{"a":6,"\\ud83d":2,"\\ud83dz":4,"\\ue000":3,"\\uffff":5,"\\ud83d\\ude00":1}',
    );
  });

  // Starts Python, which a busy machine lets wait.
  it('gives what json.dumps gives for thousands of generated texts', { timeout: 30_000 }, () => {
    const texts = fc.sample(anyJsonText, { numRuns: 4000, seed: 20260106 });
    expect(texts.map(canonicalize)).toEqual(canonicalizeByPython(texts));
  });

  fuzz.prop([anyJsonText])('is ASCII, stable, and reads back to the same value', (text) => {
    fc.pre(!/Infinity/.test(canonicalize(text)));
    const canonical = canonicalize(text);
    expect(canonical).toMatch(/^[ -~]*$/);
    expect(canonicalize(canonical)).toBe(canonical);
    expect(readValue(canonical)).toEqual(readValue(text));
  });
});
