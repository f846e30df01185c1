import { randomBytes } from 'node:crypto';
import { SEED_BYTES } from './sample.js';
import { SignaturePool } from './signature-pool.js';

/** How much of what nodes signed is verified, and where. */
export interface VerificationPolicy {
  /** Share of the receipts of nodes without a blemish, 0..1. A node with one wrong signature is verified in full. */
  readonly share: number;
  /** How long a node that signed wrongly is verified in full, and reported to gateways, ms. */
  readonly suspectMs: number;
  /** A sample's seed, 32 bytes that no node can foresee; drawn once a chunk is stored. */
  readonly seed: () => Buffer;
  readonly pool: SignaturePool;
}

/** Suspicion lasts a day where nothing else is set. */
export const SUSPECT_MS_DEFAULT = 24 * 3_600_000;

/** A policy with what is not given filled in: everything is verified, seeds are random. */
export function verificationPolicy(over: Partial<VerificationPolicy> = {}): VerificationPolicy {
  const share = over.share ?? 1;
  if (!(share >= 0 && share <= 1)) throw new RangeError('the share to verify is 0 to 1');
  return {
    suspectMs: SUSPECT_MS_DEFAULT,
    seed: () => randomBytes(SEED_BYTES),
    ...over,
    share,
    pool: over.pool ?? new SignaturePool(),
  };
}
