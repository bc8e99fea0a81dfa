import { AppError } from '@artdag/errors';

/** Where a value of a JSON file stands. */
export interface ElementPlace {
  /** Member of the root that it stands in; null where it stands in the root itself. */
  readonly container: string | null;
  /** Its key in a map; null in a list. */
  readonly key: string | null;
  /** Its place in its map or list, from 0. */
  readonly index: number;
  /** Where its first byte is in the file. */
  readonly offset: number;
  /** How many bytes it has in the file. */
  readonly length: number;
  /** Whether it, or its key, is beyond what is read at once: then `bytes` is empty and `key` null. */
  readonly isTooLong: boolean;
}

/** A value of a JSON file that is read one by one, as its exact bytes. */
export interface Element extends ElementPlace {
  readonly bytes: Buffer;
}

/** What a scanner is to take apart. */
export interface ScannerOptions {
  /** Members of the root whose own members are the elements. */
  readonly containers: readonly string[];
  /** Bytes of the longest element that is given whole. */
  readonly maxBytes: number;
  /** Bytes of the longest key; as many as those of an element where nothing is said. */
  readonly maxKeyBytes?: number;
}

interface Frame {
  readonly isMap: boolean;
  readonly container: string | null;
  index: number;
  key: string | null;
  /** Where a key began that is too long to be read. */
  longKeyAt?: number | undefined;
}

type State = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'after' | 'done';

const NOTHING = Buffer.alloc(0);
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;

/**
 * Finds the elements of a JSON text while its bytes come in, and holds no more than one of them. Of
 * one that is too long, with its key where that is too long, only the place is told.
 *
 * What is around the elements is checked strictly. Of an element only the end is sought; whoever
 * reads it checks it, so that one broken element does not hide the others.
 */
export class ElementScanner {
  readonly #options: ScannerOptions;
  readonly #found: Element[] = [];
  readonly #frames: Frame[] = [];
  #state: State = 'value';
  /** Bytes of the file before the chunk that is read now. */
  #before = 0;

  /** What is being captured: an element or a key, and where it began. */
  #capture: { readonly kind: 'element' | 'key'; readonly offset: number } | undefined;
  #parts: Buffer[] = [];
  #size = 0;
  #depth = 0;
  #isScalar = false;
  #isInString = false;
  #isEscaped = false;

  constructor(options: ScannerOptions) {
    this.#options = options;
  }

  /**
   * Takes the next bytes, and gives the elements that end in them. Elements may refer to the chunk: they
   * are good until somebody writes into it.
   *
   * @throws AppError `json-invalid` with the byte.
   */
  feed(chunk: Buffer): readonly Element[] {
    this.#found.length = 0;
    let position = 0;
    while (position < chunk.length) {
      position = this.#capture
        ? this.#goOn(chunk, position)
        : this.#step(chunk[position] ?? 0, position);
    }
    this.#before += chunk.length;
    return this.#found;
  }

  /** @throws AppError `json-invalid` where the text is cut short. */
  end(): void {
    if (this.#state === 'done') return;
    const last = this.#capture;
    const where = last
      ? `in ${this.#here()}, which begins at byte ${last.offset}`
      : `after ${this.#here()}`;
    throw new AppError(
      'json-invalid',
      `it ends at byte ${this.#before}, ${where}: it is cut short`,
    );
  }

  /** One byte around the elements; returns where to go on. */
  #step(byte: number, position: number): number {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return position + 1;
    const isEnd = byte === (this.#frames.at(-1)?.isMap ? CLOSE_MAP : CLOSE_LIST);
    switch (this.#state) {
      case 'value-or-end':
      case 'value':
        if (isEnd && this.#state === 'value-or-end') return this.#close(position);
        return this.#beginValue(byte, position);
      case 'key-or-end':
      case 'key':
        if (isEnd && this.#state === 'key-or-end') return this.#close(position);
        if (byte !== QUOTE) this.#fail(position, 'a key in double quotes is expected');
        return this.#begin('key', position);
      case 'colon':
        if (byte !== COLON) this.#fail(position, '":" is expected');
        this.#state = 'value';
        return position + 1;
      case 'after':
        if (isEnd) return this.#close(position);
        if (byte !== COMMA) this.#fail(position, '"," or the end is expected');
        this.#state = this.#frames.at(-1)?.isMap ? 'key' : 'value';
        return position + 1;
      case 'done':
        return this.#fail(position, 'the text goes on after its end');
    }
  }

  #beginValue(byte: number, position: number): number {
    const opens = byte === OPEN_MAP || byte === OPEN_LIST;
    const frame = this.#frames.at(-1);
    if (!frame) {
      if (!opens) this.#fail(position, 'an object or an array is expected');
      return this.#enter(byte === OPEN_MAP, null, position);
    }
    const isContainer =
      this.#frames.length === 1 &&
      frame.key !== null &&
      this.#options.containers.includes(frame.key);
    if (isBoundary(byte)) this.#fail(position, 'a value is expected');
    if (opens && isContainer) return this.#enter(byte === OPEN_MAP, frame.key, position);
    return this.#begin('element', position);
  }

  #enter(isMap: boolean, container: string | null, position: number): number {
    this.#frames.push({ isMap, container, index: 0, key: null });
    this.#state = isMap ? 'key-or-end' : 'value-or-end';
    return position + 1;
  }

  #close(position: number): number {
    this.#frames.pop();
    this.#state = this.#frames.length > 0 ? 'after' : 'done';
    const outer = this.#frames.at(-1);
    if (outer) outer.index += 1;
    return position + 1;
  }

  /** The first byte of an element or key is read with the rest of it. */
  #begin(kind: 'element' | 'key', position: number): number {
    this.#capture = { kind, offset: this.#before + position };
    this.#parts = [];
    this.#size = 0;
    this.#depth = 0;
    this.#isScalar = false;
    this.#isInString = false;
    this.#isEscaped = false;
    return position;
  }

  /** Reads on in an element or key until it ends or the chunk does. */
  #goOn(chunk: Buffer, start: number): number {
    let position = start;
    while (position < chunk.length) {
      const byte = chunk[position] ?? 0;
      if (this.#isInString) {
        position += 1;
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) {
          this.#isInString = false;
          if (this.#depth === 0) return this.#finish(chunk, start, position);
        }
        continue;
      }
      if (this.#isScalar) {
        if (isBoundary(byte)) return this.#finish(chunk, start, position);
        position += 1;
        continue;
      }
      if (byte === QUOTE) this.#isInString = true;
      else if (byte === OPEN_MAP || byte === OPEN_LIST) this.#depth += 1;
      else if (byte === CLOSE_MAP || byte === CLOSE_LIST) {
        this.#depth -= 1;
        if (this.#depth < 0) this.#fail(position, 'a value is expected');
        if (this.#depth === 0) return this.#finish(chunk, start, position + 1);
      } else if (this.#depth === 0) this.#isScalar = true;
      position += 1;
    }
    this.#keep(Buffer.from(chunk.subarray(start)));
    return position;
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#isTooLong()) this.#parts = [];
    else this.#parts.push(part);
  }

  #isTooLong(): boolean {
    const { maxBytes, maxKeyBytes = maxBytes } = this.#options;
    return this.#size > (this.#capture?.kind === 'key' ? maxKeyBytes : maxBytes);
  }

  #finish(chunk: Buffer, start: number, end: number): number {
    this.#keep(chunk.subarray(start, end));
    const frame = this.#frames.at(-1);
    if (frame && this.#capture?.kind === 'key') this.#finishKey(frame, this.#capture.offset, end);
    else if (frame) this.#finishElement(frame, this.#capture?.offset ?? 0, end);
    this.#capture = undefined;
    this.#parts = [];
    return end;
  }

  #finishKey(frame: Frame, offset: number, end: number): void {
    const isTooLong = this.#isTooLong();
    frame.key = isTooLong ? null : this.#readKey(this.#captured(), end);
    frame.longKeyAt = isTooLong ? offset : undefined;
    this.#state = 'colon';
  }

  /** What has a key that is too long begins with it. */
  #finishElement(frame: Frame, offset: number, end: number): void {
    const { container, index, longKeyAt } = frame;
    const isTooLong = this.#isTooLong() || longKeyAt !== undefined;
    const start = longKeyAt ?? offset;
    this.#found.push({
      container,
      key: frame.isMap ? frame.key : null,
      index,
      offset: start,
      length: this.#before + end - start,
      isTooLong,
      bytes: isTooLong ? NOTHING : this.#captured(),
    });
    frame.index += 1;
    frame.longKeyAt = undefined;
    this.#state = 'after';
  }

  #captured(): Buffer {
    const [first = NOTHING] = this.#parts;
    return this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
  }

  #readKey(bytes: Buffer, position: number): string {
    try {
      return JSON.parse(bytes.toString());
    } catch {
      return this.#fail(position, 'a key is no JSON string');
    }
  }

  #here(): string {
    const frame = this.#frames.at(-1);
    if (!frame) return 'its beginning';
    const place = frame.isMap && frame.key !== null ? frame.key.slice(0, 80) : String(frame.index);
    return frame.container === null ? `/${place}` : `/${frame.container}/${place}`;
  }

  #fail(position: number, what: string): never {
    throw new AppError('json-invalid', `at byte ${this.#before + position} ${what}`);
  }
}

function isBoundary(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_MAP || byte === CLOSE_LIST || byte <= 0x20;
}
