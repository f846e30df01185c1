import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8_192;

/**
 * Draws a relay's entropy: 53 random bits, from a pool because one call to the system per relay costs ten times the draw.
 * The same proof twice is refused by a node (code 37) and would burn it on a claim, so this comes from the system's generator.
 */
export function createEntropySource(fill: (pool: Buffer) => void = (pool) => void randomFillSync(pool)): () => bigint {
  const pool = Buffer.alloc(POOL_BYTES);
  let at = POOL_BYTES;
  return () => {
    if (at + 8 > POOL_BYTES) {
      fill(pool);
      at = 0;
    }
    const high = pool.readUInt32LE(at) & 0x1f_ffff;
    const low = pool.readUInt32LE(at + 4);
    at += 8;
    return BigInt(high * 0x1_0000_0000 + low);
  };
}
