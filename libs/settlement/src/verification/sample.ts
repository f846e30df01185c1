import { createCipheriv } from 'node:crypto';

/** Bytes of a seed of {@link sampleOf}. */
export const SEED_BYTES = 32;

const NONCE = Buffer.alloc(16);
const RANGE = 2 ** 32;

/**
 * Which of a chunk's receipts are looked at: each position independently with probability `share`, by the AES-256-CTR key stream of
 * `seed`. Whoever does not know the seed cannot tell a sampled position from any other, and whoever has it (it is
 * stored with the chunk once the chunk was verified) can repeat the choice.
 *
 * @param seed 32 bytes, drawn after the nodes signed.
 * @param share 0..1; at 1 every position is chosen, whatever the seed.
 */
export function sampleOf(seed: Uint8Array, share: number, receipts: number): (position: number) => boolean {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a seed has ${SEED_BYTES} bytes`);
  if (share >= 1) return () => true;
  const stream = createCipheriv('aes-256-ctr', seed, NONCE).update(Buffer.alloc(4 * receipts));
  const bound = Math.max(0, share) * RANGE;
  return (position) => stream.readUInt32LE(4 * position) < bound;
}
