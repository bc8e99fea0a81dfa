import { describe, expect, it } from 'vitest';
import { getMember, getStringMember, withMember, withoutMember } from './json-members.ts';
import { jsonNull, jsonObject, jsonString } from './json-node.ts';
import { stringifyLossless } from './stringify-lossless.ts';

const object = jsonObject([
  ['a', jsonString('1')],
  ['b', jsonNull],
]);

describe('getMember', () => {
  it('gives undefined for what is no object, and never a member of a prototype', () => {
    expect(getMember(jsonNull, 'a')).toBeUndefined();
    expect(getMember(undefined, 'a')).toBeUndefined();
    expect(getMember(object, 'toString')).toBeUndefined();
    expect(getStringMember(object, 'b')).toBeUndefined();
    expect(getStringMember(object, 'a')).toBe('1');
  });
});

describe('withMember and withoutMember', () => {
  it('make copies', () => {
    expect(stringifyLossless(withMember(object, 'a', jsonNull))).toBe('{"a":null,"b":null}');
    expect(stringifyLossless(withoutMember(object, 'a'))).toBe('{"b":null}');
    expect(stringifyLossless(object)).toBe('{"a":"1","b":null}');
  });
});
