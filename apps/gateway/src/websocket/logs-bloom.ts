import { keccak_256 } from '@noble/hashes/sha3.js';
import type { LogFilter } from './subscription-request.js';

const BLOOM_BYTES = 256;

/** A filter made ready to be compared with blooms. */
export interface BloomProbe {
  /** Every group must have an entry that is in the bloom; each entry is three bit positions. */
  readonly groups: ReadonlyArray<ReadonlyArray<readonly number[]>>;
}

/** Prepares a filter (Ethereum yellow paper, 4.4.3: three bits of 2,048 from each value's hash). */
export function bloomProbe(filter: LogFilter): BloomProbe {
  const groups = [filter.addresses, ...filter.topics].filter((group) => group.length > 0);
  return { groups: groups.map((group) => group.map(bitsOf)) };
}

/**
 * False only when a block with this `logsBloom` certainly has no such log, so that nobody need ask for it. Some chains
 * leave the bloom empty whatever happened: an empty one is believed only of a block without transactions.
 */
export function mayHoldLogs(probe: BloomProbe, logsBloom: unknown, transactions: number): boolean {
  if (typeof logsBloom !== 'string' || logsBloom.length !== 2 + BLOOM_BYTES * 2) return true;
  const bloom = Buffer.from(logsBloom.slice(2), 'hex');
  if (bloom.length !== BLOOM_BYTES) return true;
  if (bloom.every((byte) => byte === 0)) return transactions > 0;
  return probe.groups.every((group) => group.some((bits) => bits.every((bit) => isSet(bloom, bit))));
}

function bitsOf(hex: string): number[] {
  const hash = keccak_256(Buffer.from(hex.slice(2), 'hex'));
  return [0, 2, 4].map((at) => (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 0x7ff);
}

function isSet(bloom: Buffer, bit: number): boolean {
  return ((bloom[BLOOM_BYTES - 1 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) !== 0;
}
