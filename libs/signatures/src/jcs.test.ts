import { test as fuzz } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalizeJcs } from './jcs.ts';
import { parseLosslessJson } from './lossless-json/parse-lossless-json.ts';
import { anyJsonText } from './testing/any-json-text.ts';
import { readValue } from './testing/read-value.ts';

const canonicalize = (text: string) => canonicalizeJcs(parseLosslessJson(text));

function doubleOfBits(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE();
}

describe('canonicalizeJcs', () => {
  it('gives the sample of RFC 8785, section 3.2.4', () => {
    const sample = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(canonicalize(sample)).toBe(expected);
    expect(Buffer.from(canonicalize(sample)).toString('hex')).toMatch(
      /^7b226c69746572616c73223a5b/,
    );
  });

  it('sorts keys as RFC 8785, section 3.2.3', () => {
    const sample = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
    expect(Object.values(JSON.parse(canonicalize(sample)))).toEqual([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  // RFC 8785, appendix B: IEEE 754 bits and their JSON text.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, expected) => {
    const lexeme = doubleOfBits(bits).toExponential(20);
    expect(canonicalizeJcs({ kind: 'number', lexeme })).toBe(expected);
  });

  it.each(['["\\ud800"]', '{"\\udfff":1}', '[1e400]', '-1e999'])('refuses %s', (text) => {
    expect(() => canonicalize(text)).toThrow(expect.objectContaining({ code: 'json-invalid' }));
  });

  it('does not mind members that JavaScript gives a meaning', () => {
    const text = '{"__proto__":1,"constructor":2,"toJSON":3}';
    expect(canonicalize(text)).toBe(text);
  });

  fuzz.prop([anyJsonText])('is stable, and reads back to the same value', (text) => {
    fc.pre(hasCanonicalForm(text));
    const canonical = canonicalize(text);
    expect(canonicalize(canonical)).toBe(canonical);
    expect(readValue(canonical)).toEqual(readValue(text));
  });
});

function hasCanonicalForm(text: string): boolean {
  try {
    canonicalize(text);
    return true;
  } catch {
    return false;
  }
}
