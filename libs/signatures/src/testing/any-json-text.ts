import fc from 'fast-check';

/** Strings of any UTF-16 units, lone surrogates among them. */
const anyString = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }),
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd7f0, max: 0xe010 }),
      fc.constantFrom(0x22, 0x5c, 0x2f, 0x08, 0x0c, 0x0a, 0x0d, 0x09, 0x7f, 0x2028, 0xd83d, 0xde00),
    ),
    { maxLength: 8 },
  )
  .map((units) => String.fromCharCode(...units));

const digits = (maxLength: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength })
    .map((list) => list.join(''));

const integerPart = fc.oneof(
  fc.constant('0'),
  fc.tuple(fc.integer({ min: 1, max: 9 }), digits(24)).map((parts) => parts.join('')),
);

/** Number texts by the grammar, from any double and of any shape. */
const anyNumberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value)),
  fc
    .tuple(
      fc.constantFrom('', '-'),
      integerPart,
      fc.option(digits(20), { nil: '' }),
      fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(3)), {
        nil: [],
      }),
    )
    .map(([sign, integer, fraction, exponent]) =>
      [sign, integer, fraction && `.${fraction}`, ...exponent].join(''),
    ),
  fc.integer({ min: -8, max: 20 }).map((exponent) => `1.5e${exponent}`),
);

/** String texts, each unit raw or escaped where JSON leaves the choice. */
const anyStringText = fc.tuple(anyString, fc.boolean()).map(([value, isEscaped]) => {
  if (!isEscaped) return JSON.stringify(value);
  const escapes = [...value.split('')].map((unit) =>
    unit.charCodeAt(0).toString(16).padStart(4, '0'),
  );
  return `"${escapes.map((hex) => `\\u${hex}`).join('')}"`;
});

const gap = fc.constantFrom('', ' ', '\n', '\t\r');

/** JSON texts: repeated keys, any number form, any string. */
export const anyJsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(anyStringText, anyNumberText, fc.constantFrom('true', 'false', 'null')),
    fc
      .tuple(gap, fc.array(tie('value'), { maxLength: 4 }))
      .map(([space, items]) => `[${space}${items.join(`,${space}`)}${space}]`),
    fc
      .tuple(
        gap,
        fc.array(fc.tuple(fc.oneof(anyStringText, fc.constant('"a"')), tie('value')), {
          maxLength: 5,
        }),
      )
      .map(([space, members]) => {
        const texts = members.map(([key, value]) => `${key}${space}:${value}`);
        return `{${texts.join(`${space},`)}${space}}`;
      }),
  ),
})).value;
