import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8_192;
const ID_BYTES = 16;

/** Makes request ids: 32 hex characters from pooled random bytes. */
export function createRequestIds(): () => string {
  const pool = Buffer.alloc(POOL_BYTES);
  let at = POOL_BYTES;
  return () => {
    if (at === POOL_BYTES) {
      randomFillSync(pool);
      at = 0;
    }
    const id = pool.toString('hex', at, at + ID_BYTES);
    at += ID_BYTES;
    return id;
  };
}
