import { isUtf8 } from 'node:buffer';
import { DecodeError } from './errors.js';

/**
 * A JSON value as it stood in the text. Numbers keep their digits, so that a 64-bit integer is never rounded; objects keep
 * every member in order, repeated keys included, because Go decodes them all and the last one wins.
 */
export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly raw: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] };

/** One `"key": value` of an object. */
export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

/** What a reader accepts at most. */
export interface JsonBounds {
  /** Size of the text, bytes. */
  readonly bytesMax: number;
  /** Nesting of arrays and objects. */
  readonly depthMax: number;
}

/** A stock node reads at most 1 MiB of a request; no structure of the protocol nests deeper than 8. */
export const DEFAULT_JSON_BOUNDS: JsonBounds = { bytesMax: 1024 * 1024, depthMax: 64 };

const NULL_NODE: JsonNode = { kind: 'null' };
const TRUE_NODE: JsonNode = { kind: 'bool', value: true };
const FALSE_NODE: JsonNode = { kind: 'bool', value: false };

/**
 * Parses JSON as strictly as Go does and as boundedly as a public port needs: one pass, time and memory linear in the
 * size. Text that is not UTF-8 is read as Go reads it, one U+FFFD for each wrong byte. Throws {@link DecodeError} with
 * Go's message and the offset.
 */
export function readJson(bytes: Uint8Array, bounds: JsonBounds = DEFAULT_JSON_BOUNDS): JsonNode {
  if (bytes.length > bounds.bytesMax) throw new DecodeError(`more than ${bounds.bytesMax} bytes of JSON`);
  return new JsonReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), bounds.depthMax).readDocument();
}

class JsonReader {
  private offset = 0;
  private readonly isValidUtf8: boolean;

  constructor(
    private readonly bytes: Buffer,
    private readonly depthMax: number,
  ) {
    this.isValidUtf8 = isUtf8(bytes);
  }

  readDocument(): JsonNode {
    this.skipSpace();
    const node = this.readValue(0);
    this.skipSpace();
    if (this.offset < this.bytes.length) throw this.unexpected('after top-level value');
    return node;
  }

  private readValue(depth: number): JsonNode {
    const byte = this.bytes[this.offset];
    switch (byte) {
      case 0x7b:
        return this.readObject(depth + 1);
      case 0x5b:
        return this.readArray(depth + 1);
      case 0x22:
        return { kind: 'string', value: this.readString() };
      case 0x74:
        return this.readLiteral('true', TRUE_NODE);
      case 0x66:
        return this.readLiteral('false', FALSE_NODE);
      case 0x6e:
        return this.readLiteral('null', NULL_NODE);
      default:
        if (byte === 0x2d || isDigit(byte)) return this.readNumber();
        throw this.unexpected('looking for beginning of value');
    }
  }

  private readObject(depth: number): JsonNode {
    this.requireDepth(depth);
    const members: JsonMember[] = [];
    this.offset += 1;
    this.skipSpace();
    if (this.bytes[this.offset] === 0x7d) {
      this.offset += 1;
      return { kind: 'object', members };
    }
    for (;;) {
      if (this.bytes[this.offset] !== 0x22) throw this.unexpected('looking for beginning of object key string');
      const key = this.readString();
      this.skipSpace();
      if (this.bytes[this.offset] !== 0x3a) throw this.unexpected('after object key');
      this.offset += 1;
      this.skipSpace();
      members.push({ key, value: this.readValue(depth) });
      this.skipSpace();
      const byte = this.bytes[this.offset];
      if (byte === 0x7d) {
        this.offset += 1;
        return { kind: 'object', members };
      }
      if (byte !== 0x2c) throw this.unexpected('after object key:value pair');
      this.offset += 1;
      this.skipSpace();
    }
  }

  private readArray(depth: number): JsonNode {
    this.requireDepth(depth);
    const items: JsonNode[] = [];
    this.offset += 1;
    this.skipSpace();
    if (this.bytes[this.offset] === 0x5d) {
      this.offset += 1;
      return { kind: 'array', items };
    }
    for (;;) {
      items.push(this.readValue(depth));
      this.skipSpace();
      const byte = this.bytes[this.offset];
      if (byte === 0x5d) {
        this.offset += 1;
        return { kind: 'array', items };
      }
      if (byte !== 0x2c) throw this.unexpected('after array element');
      this.offset += 1;
      this.skipSpace();
    }
  }

  private readLiteral(literal: string, node: JsonNode): JsonNode {
    for (let index = 1; index < literal.length; index += 1) {
      this.offset += 1;
      if (this.bytes[this.offset] !== literal.charCodeAt(index)) {
        throw this.unexpected(`in literal ${literal} (expecting '${literal[index] ?? ''}')`);
      }
    }
    this.offset += 1;
    return node;
  }

  private readNumber(): JsonNode {
    const start = this.offset;
    if (this.bytes[this.offset] === 0x2d) this.offset += 1;
    if (this.bytes[this.offset] === 0x30) this.offset += 1;
    else this.readDigits('in numeric literal');
    if (this.bytes[this.offset] === 0x2e) {
      this.offset += 1;
      this.readDigits('after decimal point in numeric literal');
    }
    const exponent = this.bytes[this.offset];
    if (exponent === 0x65 || exponent === 0x45) {
      this.offset += 1;
      const sign = this.bytes[this.offset];
      if (sign === 0x2b || sign === 0x2d) this.offset += 1;
      this.readDigits('in exponent of numeric literal');
    }
    return { kind: 'number', raw: this.bytes.toString('latin1', start, this.offset) };
  }

  private readDigits(context: string): void {
    if (!isDigit(this.bytes[this.offset])) throw this.unexpected(context);
    while (isDigit(this.bytes[this.offset])) this.offset += 1;
  }

  private readString(): string {
    const { bytes } = this;
    const start = this.offset + 1;
    let end = start;
    let isEscaped = false;
    for (; ; end += 1) {
      const byte = bytes[end];
      if (byte === 0x22) break;
      if (byte === 0x5c) {
        isEscaped = true;
        end = this.skipEscape(end + 1);
      } else if (byte === undefined || byte < 0x20) {
        this.offset = end;
        throw this.unexpected('in string literal');
      }
    }
    this.offset = end + 1;
    const text = this.isValidUtf8 ? bytes.toString('utf8', start, end) : goUtf8(bytes.subarray(start, end));
    // Every escape was checked above; JSON.parse only joins them, natively. Go then replaces unpaired surrogates.
    return isEscaped ? (JSON.parse(`"${text}"`) as string).replace(UNPAIRED, '\ufffd') : text;
  }

  /** Checks the escape whose letter is at `at` and returns the offset of its last byte. */
  private skipEscape(at: number): number {
    this.offset = at;
    const letter = this.bytes[at];
    if (letter !== 0x75) {
      if (letter === undefined || !ESCAPE_LETTERS.has(letter)) throw this.unexpected('in string escape code');
      return at;
    }
    for (let digit = 0; digit < 4; digit += 1) {
      this.offset += 1;
      if (!isHexDigit(this.bytes[this.offset])) throw this.unexpected('in \\u hexadecimal character escape');
    }
    return this.offset;
  }

  private skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.offset];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.offset += 1;
    }
  }

  private requireDepth(depth: number): void {
    if (depth > this.depthMax) throw new DecodeError('exceeded max depth', { offset: this.offset });
  }

  private unexpected(context: string): DecodeError {
    const byte = this.bytes[this.offset];
    if (byte === undefined) return new DecodeError('unexpected end of JSON input', { offset: this.bytes.length });
    // Go counts the bytes read, the wrong one included.
    return new DecodeError(`invalid character ${quoteByte(byte)} ${context}`, { offset: this.offset + 1 });
  }
}

const UNPAIRED = /\p{Surrogate}/gu;
const ESCAPE_LETTERS: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt', 'latin1'));

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && ((byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)));
}

const GO_ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  39: "\\'",
  92: '\\\\',
};

/** A byte as Go's JSON errors quote it. */
function quoteByte(byte: number): string {
  const escape = GO_ESCAPES[byte];
  if (escape !== undefined) return `'${escape}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  if (byte >= 0x80 && byte <= 0xa0) return `'\\u00${byte.toString(16)}'`;
  return byte === 0xad ? "'\\u00ad'" : `'${String.fromCharCode(byte)}'`;
}

/** U+FFFD in UTF-8. */
const REPLACEMENT = [0xef, 0xbf, 0xbd] as const;

/** UTF-8 as Go reads it: each byte that does not belong to a valid sequence becomes one U+FFFD. */
function goUtf8(bytes: Buffer): string {
  const valid = Buffer.allocUnsafe(bytes.length * REPLACEMENT.length);
  let size = 0;
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) {
      for (const byte of REPLACEMENT) valid[size++] = byte;
      offset += 1;
    } else {
      for (const end = offset + length; offset < end; offset += 1) valid[size++] = bytes[offset] as number;
    }
  }
  return valid.toString('utf8', 0, size);
}

/** Length of the valid UTF-8 sequence at `offset`, 0 when there is none (RFC 3629, section 4). */
function sequenceLength(bytes: Buffer, offset: number): number {
  const first = bytes[offset] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  // Overlong forms, surrogates and values beyond U+10FFFF show in the second byte.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[offset + 1] ?? 0;
  if (second < low || second > high) return 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  for (let index = 2; index < length; index += 1) {
    const byte = bytes[offset + index] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return length;
}
