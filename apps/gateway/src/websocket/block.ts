/** A block as followers need it. */
export interface FollowedBlock {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly logsBloom: unknown;
  readonly transactions: number;
  /** What `newHeads` carries: the block without its body, as JSON text. */
  readonly headJson: string;
}

/** Members of a block that its header does not have. */
const BODY_MEMBERS = ['transactions', 'uncles', 'withdrawals', 'size', 'totalDifficulty'];

/** Reads an answer of `eth_getBlockByNumber`; null when it is not the block with this number. */
export function readBlock(value: unknown, number: number): FollowedBlock | null {
  if (typeof value !== 'object' || value === null) return null;
  const block = value as Record<string, unknown>;
  const { hash, parentHash, logsBloom, transactions } = block;
  if (typeof hash !== 'string' || typeof parentHash !== 'string' || readQuantity(block['number']) !== number)
    return null;
  const head = { ...block };
  for (const member of BODY_MEMBERS) delete head[member];
  return {
    number,
    hash,
    parentHash,
    logsBloom,
    transactions: Array.isArray(transactions) ? transactions.length : 0,
    headJson: JSON.stringify(head),
  };
}

/** A hex quantity as a number; null when it is none or too large to count with. */
export function readQuantity(value: unknown): number | null {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{1,14}$/i.test(value)) return null;
  const number = Number.parseInt(value, 16);
  return Number.isSafeInteger(number) ? number : null;
}
