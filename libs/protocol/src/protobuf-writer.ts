/**
 * Protocol buffer encoding with proto3 rules: zero numbers and empty bytes are left out, unless a method says "always".
 * The bytes are those of gogo/protobuf as pocket-core uses it: fields in the order in which they are added.
 */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  /** int32, int64, uint64 and bool fields; negative numbers take ten bytes, as two's complement. */
  varint(field: number, value: bigint | number): this {
    const integer = BigInt.asUintN(64, BigInt(value));
    if (integer !== 0n) this.add(varintBytes(BigInt(field << 3))).add(varintBytes(integer));
    return this;
  }

  /** bytes and string fields (UTF-8). */
  bytes(field: number, value: Uint8Array | string): this {
    const content = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    return content.length === 0 ? this : this.bytesAlways(field, content);
  }

  /** A nested message, or an element of a repeated field: written even when empty. */
  bytesAlways(field: number, value: Uint8Array | string): this {
    const content = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    return this.add(varintBytes(BigInt((field << 3) | 2)))
      .add(varintBytes(BigInt(content.length)))
      .add(content);
  }

  /** A nested message that Go holds by value: written even when empty. */
  message(field: number, write: (writer: ProtobufWriter) => void): this {
    const writer = new ProtobufWriter();
    write(writer);
    return this.bytesAlways(field, writer.finish());
  }

  finish(): Buffer {
    return Buffer.concat(this.parts, this.size);
  }

  private add(part: Uint8Array): this {
    this.parts.push(part);
    this.size += part.length;
    return this;
  }
}

/** A base-128 varint of an unsigned 64-bit integer. */
export function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
