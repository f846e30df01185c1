import * as crypto from 'node:crypto';

type OneShotHash = typeof crypto.hash | undefined;

/** One-shot hashing costs about a third less than a Hash object; Node has it from 20.12 and 21.7 on. */
const oneShot: OneShotHash = crypto.hash;

/** SHA3-256 ("H" of the specification) as 32 bytes. A text is hashed as UTF-8. */
export function sha3(data: string | Uint8Array): Buffer {
  return oneShot === undefined
    ? crypto.createHash('sha3-256').update(data).digest()
    : oneShot('sha3-256', data, 'buffer');
}

/** SHA3-256 as 64 lower-case hex digits. */
export function sha3Hex(data: string | Uint8Array): string {
  return oneShot === undefined
    ? crypto.createHash('sha3-256').update(data).digest('hex')
    : oneShot('sha3-256', data, 'hex');
}

/** SHA-256 as 32 bytes: addresses and transaction hashes only (section 1). */
export function sha256(data: Uint8Array): Buffer {
  return crypto.createHash('sha256').update(data).digest();
}
