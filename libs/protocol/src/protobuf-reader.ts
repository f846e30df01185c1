import { isUtf8 } from 'node:buffer';
import { DecodeError } from './errors.js';

/** A field of a message: a varint, or bytes. Fixed-width fields do not occur in the protocol and are skipped. */
export type ProtobufField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Buffer };

/** More fields than any message of the protocol has, repeated ones included. */
const FIELDS_MAX = 20_000;

/**
 * The fields of a protocol buffer message in order; the values are views, not copies. Reads as gogo/protobuf does: unknown
 * fields are skipped, groups and truncated input are errors. Throws {@link DecodeError}.
 */
export function readProtobuf(bytes: Uint8Array): ProtobufField[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: ProtobufField[] = [];
  let offset = 0;
  while (offset < buffer.length) {
    if (fields.length >= FIELDS_MAX) throw new DecodeError('proto: too many fields', { offset });
    const tag = readVarint(buffer, offset);
    offset = tag.end;
    const number = Number(tag.value >> 3n);
    if (number < 1 || number > 0x1fff_ffff) throw new DecodeError(`proto: illegal tag ${number}`, { offset });
    switch (Number(tag.value & 7n)) {
      case 0: {
        const varint = readVarint(buffer, offset);
        offset = varint.end;
        fields.push({ number, kind: 'varint', value: varint.value });
        break;
      }
      case 2: {
        const length = readVarint(buffer, offset);
        if (length.value > BigInt(buffer.length - length.end)) throw unexpectedEnd(offset);
        const end = length.end + Number(length.value);
        fields.push({ number, kind: 'bytes', value: buffer.subarray(length.end, end) });
        offset = end;
        break;
      }
      case 1:
      case 5: {
        offset += Number(tag.value & 7n) === 1 ? 8 : 4;
        if (offset > buffer.length) throw unexpectedEnd(offset);
        break;
      }
      default:
        throw new DecodeError('proto: illegal wire type', { offset });
    }
  }
  return fields;
}

/** An unsigned 64-bit varint at `offset` and where it ends. Throws {@link DecodeError}. */
export function readVarint(buffer: Buffer, offset: number): { value: bigint; end: number } {
  // Seven bytes fit a double exactly; nearly every varint is shorter.
  let small = 0;
  for (let index = 0; index < 7; index += 1) {
    const byte = buffer[offset + index];
    if (byte === undefined) throw unexpectedEnd(offset);
    small += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value: BigInt(small), end: offset + index + 1 };
  }
  let value = BigInt(small);
  for (let index = 7; index < 10; index += 1) {
    const byte = buffer[offset + index];
    if (byte === undefined) throw unexpectedEnd(offset);
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: offset + index + 1 };
  }
  throw new DecodeError('proto: integer overflow', { offset });
}

function unexpectedEnd(offset: number): DecodeError {
  return new DecodeError('unexpected EOF', { offset });
}

/** Reads the known fields of one message, each at most once in effect: as in proto3 the last occurrence wins. */
export class ProtobufMessage {
  private readonly fields: readonly ProtobufField[];

  /** @param name of the message, for errors */
  constructor(
    bytes: Uint8Array,
    private readonly name: string,
  ) {
    this.fields = readProtobuf(bytes);
  }

  /** uint64; 0 when absent. */
  uint64(number: number): bigint {
    const field = this.last(number);
    if (field === undefined) return 0n;
    if (field.kind !== 'varint') throw this.wrong(number);
    return field.value;
  }

  /** int64 or int32 (which is sign-extended); 0 when absent. */
  int64(number: number): bigint {
    return BigInt.asIntN(64, this.uint64(number));
  }

  /** int64 within the safe integers, as heights must be. */
  safeInteger(number: number): number {
    const value = Number(this.int64(number));
    if (!Number.isSafeInteger(value)) throw new DecodeError(`${this.name} field ${number} exceeds 2^53-1`);
    return value;
  }

  /** Bytes; empty when absent. At most `bytesMax`. */
  bytes(number: number, bytesMax = Number.MAX_SAFE_INTEGER): Buffer {
    const field = this.last(number);
    if (field === undefined) return Buffer.alloc(0);
    if (field.kind !== 'bytes' || field.value.length > bytesMax) throw this.wrong(number);
    return field.value;
  }

  /** Text, which must be UTF-8: everything else could not be signed again as it was. */
  string(number: number, bytesMax = Number.MAX_SAFE_INTEGER): string {
    return this.textOf(this.bytes(number, bytesMax), number);
  }

  /** Bytes as lower-case hex. */
  hex(number: number, bytesMax: number): string {
    return this.bytes(number, bytesMax).toString('hex');
  }

  /** All occurrences of a repeated bytes, text or message field. */
  repeatedBytes(number: number, countMax: number): Buffer[] {
    const values = this.fields
      .filter((field) => field.number === number)
      .map((field) => {
        if (field.kind !== 'bytes') throw this.wrong(number);
        return field.value;
      });
    if (values.length > countMax) throw new DecodeError(`${this.name} has more than ${countMax} of field ${number}`);
    return values;
  }

  /** All occurrences of a repeated text. */
  repeatedString(number: number, countMax: number): string[] {
    return this.repeatedBytes(number, countMax).map((value) => this.textOf(value, number));
  }

  /** A nested message; an empty one when absent. */
  message(number: number, name: string): ProtobufMessage {
    return new ProtobufMessage(this.bytes(number), name);
  }

  /** Whether the field occurs. */
  has(number: number): boolean {
    return this.last(number) !== undefined;
  }

  private last(number: number): ProtobufField | undefined {
    return this.fields.findLast((field) => field.number === number);
  }

  private textOf(value: Buffer, number: number): string {
    if (!isUtf8(value)) throw new DecodeError(`${this.name} field ${number} is not UTF-8`);
    return value.toString('utf8');
  }

  private wrong(number: number): DecodeError {
    return new DecodeError(`${this.name} field ${number} has a wrong type or size`);
  }
}
