const integerPattern = /^-?[0-9]+$/;
const shortExponentPattern = /e([+-])([0-9])$/;

/**
 * What Python's `repr` gives for a JSON number: integers exact, floats by the shortest digits that
 * read back, with an exponent (of two digits at least) below 1e-4 and from 1e16.
 *
 * @param lexeme - a number by the grammar of RFC 8259
 * @see https://docs.python.org/3/library/json.html#json-to-py-table
 */
export function formatPythonNumber(lexeme: string): string {
  if (integerPattern.test(lexeme)) return lexeme === '-0' ? '0' : lexeme;
  return formatPythonFloat(Number(lexeme));
}

function formatPythonFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude === Number.POSITIVE_INFINITY) return String(value);
  if (magnitude < 1e-4 || magnitude >= 1e16) {
    return value.toExponential().replace(shortExponentPattern, 'e$10$2');
  }
  const digits = String(value);
  return digits.includes('.') ? digits : `${digits}.0`;
}
