const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Why a text is not acceptable: it breaks the grammar, or it nests deeper than allowed. */
export type JsonFault = 'syntax' | 'depth';

/**
 * Walks over JSON bytes without building values (RFC 8259, nothing looser). Methods advance `at` and answer false at
 * the first fault, which `fault` then names; nothing throws, because refusing a bad body is ordinary work here.
 * UTF-8 is not checked: callers do that for the whole body at once with `isUtf8`.
 */
export class JsonCursor {
  at = 0;
  fault: JsonFault | null = null;

  constructor(
    readonly bytes: Uint8Array,
    private readonly depthMax: number,
  ) {}

  /** The next byte that is not white space, -1 at the end; does not consume it. */
  peek(): number {
    const { bytes } = this;
    let { at } = this;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) {
        this.at = at;
        return -1;
      }
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.at = at;
        return byte;
      }
      at += 1;
    }
  }

  /** Consumes one structural byte after white space. */
  take(expected: number): boolean {
    if (this.peek() !== expected) return this.fail('syntax');
    this.at += 1;
    return true;
  }

  /** True when only white space is left. */
  atEnd(): boolean {
    return this.peek() === -1;
  }

  /** Skips one value of any kind; `depth` counts the containers around it. */
  skipValue(depth: number): boolean {
    const byte = this.peek();
    if (byte === QUOTE) return this.skipString();
    if (byte === OPEN_OBJECT) return this.skipObject(depth + 1);
    if (byte === OPEN_ARRAY) return this.skipArray(depth + 1);
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return this.skipNumber();
    if (byte === 0x74) return this.skipWord('true');
    if (byte === 0x66) return this.skipWord('false');
    if (byte === 0x6e) return this.skipWord('null');
    return this.fail('syntax');
  }

  /** Skips a string; `at` must stand on its opening quote. */
  skipString(): boolean {
    const { bytes } = this;
    let at = this.at + 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined || byte < 0x20) return this.fail('syntax');
      if (byte === QUOTE) {
        this.at = at + 1;
        return true;
      }
      if (byte !== BACKSLASH) {
        at += 1;
        continue;
      }
      const escape = bytes[at + 1];
      if (escape === 0x75) {
        for (let digit = at + 2; digit < at + 6; digit += 1) if (!isHexDigit(bytes[digit])) return this.fail('syntax');
        at += 6;
      } else if (isSimpleEscape(escape)) {
        at += 2;
      } else {
        return this.fail('syntax');
      }
    }
  }

  private skipObject(depth: number): boolean {
    if (depth > this.depthMax) return this.fail('depth');
    this.at += 1;
    if (this.peek() === CLOSE_OBJECT) {
      this.at += 1;
      return true;
    }
    for (;;) {
      if (this.peek() !== QUOTE) return this.fail('syntax');
      if (!this.skipString() || !this.take(COLON) || !this.skipValue(depth)) return false;
      const next = this.peek();
      this.at += 1;
      if (next === CLOSE_OBJECT) return true;
      if (next !== COMMA) return this.fail('syntax');
    }
  }

  private skipArray(depth: number): boolean {
    if (depth > this.depthMax) return this.fail('depth');
    this.at += 1;
    if (this.peek() === CLOSE_ARRAY) {
      this.at += 1;
      return true;
    }
    for (;;) {
      if (!this.skipValue(depth)) return false;
      const next = this.peek();
      this.at += 1;
      if (next === CLOSE_ARRAY) return true;
      if (next !== COMMA) return this.fail('syntax');
    }
  }

  private skipNumber(): boolean {
    const { bytes } = this;
    let { at } = this;
    if (bytes[at] === MINUS) at += 1;
    if (bytes[at] === ZERO) at += 1;
    else {
      const start = at;
      while (isDigit(bytes[at])) at += 1;
      if (at === start) return this.fail('syntax');
    }
    if (bytes[at] === DOT) {
      at += 1;
      const start = at;
      while (isDigit(bytes[at])) at += 1;
      if (at === start) return this.fail('syntax');
    }
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      at += 1;
      if (bytes[at] === PLUS || bytes[at] === MINUS) at += 1;
      const start = at;
      while (isDigit(bytes[at])) at += 1;
      if (at === start) return this.fail('syntax');
    }
    this.at = at;
    return true;
  }

  private skipWord(word: string): boolean {
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[this.at + index] !== word.charCodeAt(index)) return this.fail('syntax');
    }
    this.at += word.length;
    return true;
  }

  private fail(fault: JsonFault): false {
    this.fault ??= fault;
    return false;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** The bytes that may follow a backslash, `u` apart: `" \ / b f n r t`. */
function isSimpleEscape(byte: number | undefined): boolean {
  return (
    byte === QUOTE ||
    byte === BACKSLASH ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74
  );
}

export const JSON_BYTE = {
  QUOTE,
  BACKSLASH,
  COMMA,
  COLON,
  OPEN_ARRAY,
  CLOSE_ARRAY,
  OPEN_OBJECT,
  CLOSE_OBJECT,
} as const;
