import { AppError } from '@artdag/errors';
import { type JsonNode, jsonFalse, jsonNull, jsonTrue } from './json-node.ts';

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const letterF = 0x66;
const letterN = 0x6e;
const letterT = 0x74;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const byteOrderMark = 0xfeff;

/** One pass over one JSON text; {@link parseLosslessJson} is its face. */
export class JsonReader {
  readonly #text: string;
  readonly #maxDepth: number;
  #position = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  readDocument(): JsonNode {
    if (this.#text.charCodeAt(0) === byteOrderMark) this.#fail('a byte order mark is not allowed');
    const node = this.#readValue(0);
    this.#skipSpace();
    if (this.#position < this.#text.length) this.#fail('the text goes on after its value');
    return node;
  }

  #readValue(depth: number): JsonNode {
    switch (this.#skipSpace()) {
      case openBrace:
        return this.#readObject(depth + 1);
      case openBracket:
        return this.#readArray(depth + 1);
      case quote:
        return { kind: 'string', value: this.#readString() };
      case letterT:
        return this.#readWord('true', jsonTrue);
      case letterF:
        return this.#readWord('false', jsonFalse);
      case letterN:
        return this.#readWord('null', jsonNull);
      default:
        return this.#readNumber();
    }
  }

  #readObject(depth: number): JsonNode {
    this.#enter(depth);
    const entries = new Map<string, JsonNode>();
    if (this.#skipSpace() === closeBrace) {
      this.#position += 1;
      return { kind: 'object', entries };
    }
    for (;;) {
      if (this.#skipSpace() !== quote) this.#fail('a key in double quotes is expected');
      const key = this.#readString();
      if (this.#skipSpace() !== colon) this.#fail('":" is expected');
      this.#position += 1;
      entries.set(key, this.#readValue(depth));
      if (this.#closes(closeBrace)) return { kind: 'object', entries };
    }
  }

  #readArray(depth: number): JsonNode {
    this.#enter(depth);
    const items: JsonNode[] = [];
    if (this.#skipSpace() === closeBracket) {
      this.#position += 1;
      return { kind: 'array', items };
    }
    for (;;) {
      items.push(this.#readValue(depth));
      if (this.#closes(closeBracket)) return { kind: 'array', items };
    }
  }

  /** Steps over `[` or `{`. */
  #enter(depth: number): void {
    if (depth > this.#maxDepth) this.#fail(`nested more than ${this.#maxDepth} deep`);
    this.#position += 1;
  }

  /** Steps over the comma or the closing bracket after a value, and says whether it was the latter. */
  #closes(bracket: number): boolean {
    const code = this.#skipSpace();
    if (code !== comma && code !== bracket) {
      this.#fail(`"," or "${String.fromCharCode(bracket)}" is expected`);
    }
    this.#position += 1;
    return code === bracket;
  }

  #readString(): string {
    const text = this.#text;
    const start = this.#position;
    let isEscaped = false;
    let end = start + 1;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === quote) break;
      if (code === backslash) {
        isEscaped = true;
        end += 2;
      } else if (code >= space) {
        end += 1;
      } else {
        this.#position = Math.min(end, text.length);
        this.#fail(
          end < text.length ? 'a control character must be escaped' : 'a string does not end',
        );
      }
    }
    this.#position = end + 1;
    return isEscaped ? this.#unescape(start, end + 1) : text.slice(start + 1, end);
  }

  #unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.#text.slice(start, end));
    } catch (cause) {
      this.#position = start;
      return this.#fail('a string holds an unknown escape or a control character', cause);
    }
  }

  #readNumber(): JsonNode {
    numberPattern.lastIndex = this.#position;
    const lexeme = numberPattern.exec(this.#text)?.[0];
    if (lexeme === undefined) return this.#fail('a value is expected');
    this.#position += lexeme.length;
    return { kind: 'number', lexeme };
  }

  #readWord(word: string, node: JsonNode): JsonNode {
    if (!this.#text.startsWith(word, this.#position)) this.#fail('a value is expected');
    this.#position += word.length;
    return node;
  }

  /** Steps over white space and gives the code of what follows, `NaN` at the end. */
  #skipSpace(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#position);
      const isSpace =
        code === space || code === lineFeed || code === carriageReturn || code === tab;
      if (!isSpace) return code;
      this.#position += 1;
    }
  }

  #fail(what: string, cause?: unknown): never {
    const before = this.#text.slice(0, this.#position).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    const detail = `Not valid JSON at line ${before.length}, column ${column}: ${what}.`;
    throw new AppError('json-invalid', detail, { cause });
  }
}
