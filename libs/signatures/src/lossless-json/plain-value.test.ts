import { describe, expect, it } from 'vitest';
import { parseLosslessJson } from './parse-lossless-json.ts';
import { fromPlainValue, type PlainObject, toPlainValue } from './plain-value.ts';
import { stringifyLossless } from './stringify-lossless.ts';

describe('toPlainValue', () => {
  it('makes __proto__ an own property and no prototype', () => {
    const plain = toPlainValue(parseLosslessJson('{"__proto__":{"admin":true}}'));
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect(Object.keys(plain as PlainObject)).toEqual(['__proto__']);
    expect((plain as PlainObject)['admin']).toBeUndefined();
  });
});

describe('fromPlainValue', () => {
  it('says what JSON.stringify says', () => {
    const value = { a: [1, -0, 1e21, 1.5, 'é', null, true], b: { c: undefined, d: '' } };
    expect(stringifyLossless(fromPlainValue(value))).toBe(JSON.stringify(value));
  });

  it('writes a bigint exactly', () => {
    expect(stringifyLossless(fromPlainValue(9007199254740993n))).toBe('9007199254740993');
  });

  it('keeps an own __proto__', () => {
    const text = '{"__proto__":1}';
    expect(stringifyLossless(fromPlainValue(JSON.parse(text)))).toBe(text);
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['NaN', Number.NaN],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['undefined', undefined],
    ['a cycle', cycle],
  ])('refuses %s', (_, value) => {
    expect(() => fromPlainValue(value)).toThrow(expect.objectContaining({ code: 'json-invalid' }));
  });
});
