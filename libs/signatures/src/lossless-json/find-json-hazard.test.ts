import { describe, expect, it } from 'vitest';
import { findJsonHazard } from './find-json-hazard.ts';
import { parseLosslessJson } from './parse-lossless-json.ts';

describe('findJsonHazard', () => {
  it.each([
    ['{"a":[{"__proto__":1}]}', '/a/0/__proto__', 'proto-key'],
    ['{"a":{"$gt":""}}', '/a/$gt', 'dollar-key'],
    ['{"a\\u0000":1}', '/a\0', 'null-in-key'],
    ['{"a/b~":"\\ud800"}', '/a~1b~0', 'lone-surrogate'],
    ['{"\\udc00":1}', '/\ufffd', 'lone-surrogate'],
    ['[1,-1e400]', '/1', 'number-range'],
    ['"\\ud800"', '', 'lone-surrogate'],
  ])('finds in %s the hazard at %s', (text, pointer, reason) => {
    expect(findJsonHazard(parseLosslessJson(text))).toEqual({ pointer, reason });
  });

  it('finds depth beyond the maximum', () => {
    const node = parseLosslessJson('{"a":[[1]]}');
    expect(findJsonHazard(node, { maxDepth: 3 })).toBeUndefined();
    expect(findJsonHazard(node, { maxDepth: 2 })).toEqual({ pointer: '/a/0', reason: 'too-deep' });
  });

  it('finds none in an ordinary value', () => {
    const text = '{"constructor":"→ 🐈","a$":30.0,"prototype":[9007199254740993,null]}';
    expect(findJsonHazard(parseLosslessJson(text))).toBeUndefined();
  });

  it('lets pass what it is told to ignore', () => {
    const node = parseLosslessJson('{"$a":"\\ud800"}');
    expect(findJsonHazard(node, { ignore: ['dollar-key'] })?.reason).toBe('lone-surrogate');
    expect(findJsonHazard(node, { ignore: ['dollar-key', 'lone-surrogate'] })).toBeUndefined();
  });
});
