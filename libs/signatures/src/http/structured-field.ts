import { decodeStrictBase64 } from '../strict-base64.ts';

/** A bare item and its text in canonical form. */
export interface BareItem {
  readonly type: 'string' | 'token' | 'integer' | 'boolean' | 'bytes';
  readonly value: string | number | boolean | Buffer;
  readonly text: string;
}

/** Parameters in their order. */
export type Parameters = ReadonlyMap<string, BareItem>;

/** An item with its parameters. */
export interface Item {
  readonly kind: 'item';
  readonly bare: BareItem;
  readonly parameters: Parameters;
}

/** A list of items with parameters of its own. */
export interface InnerList {
  readonly kind: 'inner-list';
  readonly items: readonly Item[];
  readonly parameters: Parameters;
}

const keyPattern = /[a-z*][a-z0-9_.*-]*/y;
const integerPattern = /-?[0-9]{1,15}(?![0-9.])/y;
const stringPattern = /"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"/y;
const tokenPattern = /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y;
const bytesPattern = /:[A-Za-z0-9+/]*={0,2}:/y;
const booleanPattern = /\?[01]/y;
const gapPattern = /[ \t]*/y;
const spacesPattern = / */y;
const trueItem: BareItem = { type: 'boolean', value: true, text: '?1' };

/**
 * Reads a Dictionary, or gives `undefined` where it is not one. Stricter than the standard: a
 * repeated key, a decimal and a date are refused, which no signature field needs.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9651#section-4.2.2
 */
export function parseDictionary(text: string): Map<string, Item | InnerList> | undefined {
  try {
    return new FieldReader(text).readDictionary();
  } catch (error) {
    if (error instanceof NotAField) return undefined;
    throw error;
  }
}

/**
 * The canonical text of an inner list.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9651#section-4.1.1.1
 */
export function serializeInnerList(list: InnerList): string {
  const items = list.items.map((item) => item.bare.text + serializeParameters(item.parameters));
  return `(${items.join(' ')})${serializeParameters(list.parameters)}`;
}

/** The canonical text of parameters. */
function serializeParameters(parameters: Parameters): string {
  let text = '';
  for (const [key, bare] of parameters) {
    text += bare.value === true ? `;${key}` : `;${key}=${bare.text}`;
  }
  return text;
}

class NotAField extends Error {}

class FieldReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDictionary(): Map<string, Item | InnerList> {
    const members = new Map<string, Item | InnerList>();
    this.#take(spacesPattern);
    while (this.#position < this.#text.length) {
      const key = this.#need(keyPattern);
      if (members.has(key)) throw new NotAField();
      members.set(key, this.#skip('=') ? this.#readMember() : this.#readFlag());
      this.#take(gapPattern);
      if (this.#position === this.#text.length) break;
      if (!this.#skip(',')) throw new NotAField();
      this.#take(gapPattern);
      if (this.#position === this.#text.length) throw new NotAField();
    }
    return members;
  }

  #readMember(): Item | InnerList {
    return this.#skip('(') ? this.#readInnerList() : this.#readItem();
  }

  #readFlag(): Item {
    return { kind: 'item', bare: trueItem, parameters: this.#readParameters() };
  }

  #readInnerList(): InnerList {
    const items: Item[] = [];
    this.#take(spacesPattern);
    while (!this.#skip(')')) {
      items.push(this.#readItem());
      const gap = this.#take(spacesPattern);
      if (gap === '' && this.#text[this.#position] !== ')') throw new NotAField();
    }
    return { kind: 'inner-list', items, parameters: this.#readParameters() };
  }

  #readItem(): Item {
    const bare = this.#readBare();
    return { kind: 'item', bare, parameters: this.#readParameters() };
  }

  #readParameters(): Parameters {
    const parameters = new Map<string, BareItem>();
    while (this.#skip(';')) {
      this.#take(spacesPattern);
      const key = this.#need(keyPattern);
      if (parameters.has(key)) throw new NotAField();
      parameters.set(key, this.#skip('=') ? this.#readBare() : trueItem);
    }
    return parameters;
  }

  #readBare(): BareItem {
    const string = this.#take(stringPattern);
    if (string !== undefined) {
      return { type: 'string', value: string.slice(1, -1).replace(/\\(.)/g, '$1'), text: string };
    }
    const integer = this.#take(integerPattern);
    if (integer !== undefined) {
      return { type: 'integer', value: Number(integer), text: String(Number(integer)) };
    }
    const bytes = this.#take(bytesPattern);
    if (bytes !== undefined) return bytesItem(bytes);
    const boolean = this.#take(booleanPattern);
    if (boolean !== undefined) return { type: 'boolean', value: boolean === '?1', text: boolean };
    const token = this.#need(tokenPattern);
    return { type: 'token', value: token, text: token };
  }

  #skip(character: string): boolean {
    const isThere = this.#text[this.#position] === character;
    if (isThere) this.#position += 1;
    return isThere;
  }

  #need(pattern: RegExp): string {
    const match = this.#take(pattern);
    if (match === undefined) throw new NotAField();
    return match;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text)?.[0];
    this.#position += match?.length ?? 0;
    return match;
  }
}

function bytesItem(text: string): BareItem {
  const value = decodeStrictBase64(text.slice(1, -1));
  if (value === undefined) throw new NotAField();
  return { type: 'bytes', value, text: `:${value.toString('base64')}:` };
}
