import { DecodeError } from './errors.js';

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

/** Bytes of a hex text of either case; null when it is not hex. */
export function bytesOfHex(hex: string): Buffer | null {
  return HEX.test(hex) ? Buffer.from(hex, 'hex') : null;
}

/** Bytes of a hex text of exactly `length` bytes, or DecodeError naming `what`. The text itself is never in the message. */
export function requireHex(hex: string, length: number, what: string): Buffer {
  const bytes = hex.length === length * 2 ? bytesOfHex(hex) : null;
  if (bytes === null) throw new DecodeError(`${what} must be ${length} bytes as hex`);
  return bytes;
}

/** A height is a safe integer at least `minimum`, or DecodeError: heights are never rounded. */
export function requireHeight(height: number, what: string, minimum = 0): number {
  if (!Number.isSafeInteger(height) || height < minimum) {
    throw new DecodeError(`${what} must be an integer from ${minimum} to 2^53-1`);
  }
  return height;
}

/** Little-endian unsigned 64-bit integer at `offset`. */
export function readUint64LE(bytes: Uint8Array, offset = 0): bigint {
  let value = 0n;
  for (let index = 7; index >= 0; index -= 1) value = (value << 8n) | BigInt(bytes[offset + index] ?? 0);
  return value;
}

/** Big-endian unsigned 64-bit integer in the first eight bytes, modulo `modulus` (at least 1). */
export function uint64BEModulo(bytes: Buffer, modulus: number): number {
  const high = bytes.readUInt32BE(0);
  const low = bytes.readUInt32BE(4);
  // The product stays below 2^53 for moduli up to 2^26; sessions and most claims are far smaller.
  if (modulus <= 0x4000000) return ((high % modulus) * (0x1_0000_0000 % modulus) + (low % modulus)) % modulus;
  return Number(((BigInt(high) << 32n) | BigInt(low)) % BigInt(modulus));
}
