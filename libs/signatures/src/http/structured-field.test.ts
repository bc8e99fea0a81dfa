import { test as fuzz } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDictionary, serializeInnerList } from './structured-field.ts';

describe('parseDictionary', () => {
  it('reads an empty field', () => expect(parseDictionary('  ')?.size).toBe(0));

  it('reads escapes in strings', () => {
    const member = parseDictionary('a="q\\"b\\\\"')?.get('a');
    expect(member).toMatchObject({ bare: { value: 'q"b\\', text: '"q\\"b\\\\"' } });
  });

  const anyName = fc.stringMatching(/^[a-z@()"\\ -]{1,12}$/);
  fuzz.prop([fc.array(anyName, { maxLength: 5 }), fc.nat()])(
    'reads back the inner list it writes',
    (names, created) => {
      const quoted = names.map((name) => `"${name.replace(/["\\]/g, '\\$&')}"`);
      const text = `(${quoted.join(' ')});created=${created};keyid="k"`;
      const member = parseDictionary(`s=${text}`)?.get('s');
      expect(member?.kind === 'inner-list' && serializeInnerList(member)).toBe(text);
      expect(member?.kind === 'inner-list' && member.items.map((item) => item.bare.value)).toEqual(
        names,
      );
    },
  );

  fuzz.prop([fc.string({ unit: fc.constantFrom(...'a1="\\;,():?* \t') })], { numRuns: 2000 })(
    'never throws, whatever it is given',
    (text) => {
      expect(() => parseDictionary(text)).not.toThrow();
    },
  );
});
