import { AppError } from '@artdag/errors';
import { fc, test as fuzz } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { anyJsonText } from '../testing/any-json-text.ts';
import { getMember, getStringMember } from './json-members.ts';
import { parseLosslessJson } from './parse-lossless-json.ts';
import { toPlainValue } from './plain-value.ts';
import { stringifyLossless } from './stringify-lossless.ts';

const roundTrip = (text: string) => stringifyLossless(parseLosslessJson(text));

describe('parseLosslessJson', () => {
  it.each(['30.0', '-0', '1E5', '1e-7', '9007199254740993', '0.10', '1e400', '-0.0E+00'])(
    'keeps the number %s as it is written',
    (text) => expect(roundTrip(`[${text}]`)).toBe(`[${text}]`),
  );

  it('keeps lone surrogates, escaped and raw', () => {
    const node = parseLosslessJson('{"escaped":"\\ud800","raw":"\udc00"}');
    expect(getStringMember(node, 'escaped')).toBe('\ud800');
    expect(getStringMember(node, 'raw')).toBe('\udc00');
    expect(stringifyLossless(node)).toBe('{"escaped":"\\ud800","raw":"\\udc00"}');
  });

  it('takes the last of repeated keys, at the place of the first', () => {
    expect(roundTrip('{"a":1,"b":2,"a":3}')).toBe('{"a":3,"b":2}');
  });

  it('takes __proto__ for a key like any other', () => {
    const node = parseLosslessJson('{"__proto__":{"admin":true}}');
    expect(getMember(getMember(node, '__proto__'), 'admin')).toEqual({
      kind: 'boolean',
      value: true,
    });
  });

  it.each([
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
    ['white space alone', ' \n'],
    ['NaN', '[NaN]'],
    ['Infinity', '-Infinity'],
    ['a trailing comma', '[1,]'],
    ['a trailing comma in an object', '{"a":1,}'],
    ['a leading zero', '01'],
    ['a leading plus', '+1'],
    ['a bare point', '1.'],
    ['a bare fraction', '.5'],
    ['a bare minus', '-'],
    ['an empty exponent', '1e'],
    ['hexadecimal', '0x1'],
    ['single quotes', "{'a':1}"],
    ['an unquoted key', '{a:1}'],
    ['a comment', '[1/*x*/]'],
    ['a raw control character', '"a\nb"'],
    ['a raw control character beside an escape', '"\\t\u0001"'],
    ['an unknown escape', '"\\x41"'],
    ['a short escape', '"\\u12"'],
    ['an open string', '"abc'],
    ['an open string that ends in a backslash', '"abc\\'],
    ['an open array', '[1'],
    ['an open object', '{"a":1'],
    ['a missing colon', '{"a" 1}'],
    ['a second value', '{} {}'],
    ['a cut word', 'tru'],
    ['another white space', '\u00a0{}'],
    ['a wrong bracket', '[1}'],
  ])('refuses %s', (_, text) => {
    expect(() => parseLosslessJson(text)).toThrow(
      expect.objectContaining({ name: 'AppError', code: 'json-invalid' }),
    );
  });

  it('says where the fault is', () => {
    expect(() => parseLosslessJson('{\n  "a": tru\n}')).toThrow(
      new AppError('json-invalid', 'Not valid JSON at line 2, column 8: a value is expected.'),
    );
  });

  it('allows the given depth and no more', () => {
    expect(roundTrip('[[[]]]')).toBe('[[[]]]');
    expect(() => parseLosslessJson('[[[]]]', { maxDepth: 2 })).toThrow('nested more than 2 deep');
  });

  it('survives hostile depth, whatever depth is asked for', () => {
    const hostile = `${'[{"a":'.repeat(500_000)}`;
    expect(() => parseLosslessJson(hostile)).toThrow('nested more than 100 deep');
    expect(() => parseLosslessJson(hostile, { maxDepth: 1e9 })).toThrow('nested more than 1000');
  });

  it('refuses a text beyond the given length', () => {
    expect(() => parseLosslessJson('[1,2]', { maxLength: 4 })).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  fuzz.prop([anyJsonText], { numRuns: 500 })('reads what JSON.parse reads', (text) => {
    // Once an object had the name `\\`, V8 13.6 reads others that begin with an escape there as that.
    fc.pre(!/[{,]\s*"\\/.test(text));
    expect(toPlainValue(parseLosslessJson(text))).toEqual(JSON.parse(text));
  });

  fuzz.prop([anyJsonText])('reads back what it writes', (text) => {
    const node = parseLosslessJson(text);
    const written = stringifyLossless(node);
    expect(written.isWellFormed()).toBe(true);
    expect(parseLosslessJson(written)).toEqual(node);
  });
});
