import { BASE_FEE_UPOKT, splitFeePool } from '#libs/protocol';
import type { LedgerParameters } from '../types.js';
import type { BlockContext } from './block-context.js';
import { accounts } from './books.js';

/** Smallest fee of a message type, uPOKT. */
export function feeOf(parameters: LedgerParameters, messageType: string): bigint {
  const own = Object.hasOwn(parameters.feeMultipliers, messageType)
    ? parameters.feeMultipliers[messageType]
    : undefined;
  return BASE_FEE_UPOKT * (own ?? parameters.feeMultiplierDefault);
}

/**
 * Start of block: what the previous block collected goes to the DAO and to its proposer (facts 7.2). Without a proposer (no node was
 * staked) all of it is the DAO's.
 */
export function distributeFees(context: BlockContext, proposerAddressHex: string): void {
  const { state, parameters } = context;
  const poolUpokt = state.books.balance(accounts.fees);
  if (poolUpokt === 0n) return;
  const output = state.nodes.get(proposerAddressHex)?.outputAddressHex;
  const proposer = proposerAddressHex === '' ? accounts.dao : accounts.of(output || proposerAddressHex);
  const { daoUpokt, proposerUpokt } = splitFeePool(poolUpokt, parameters);
  state.books.post('fees distributed', [
    { account: accounts.fees, amountUpokt: -poolUpokt },
    { account: accounts.dao, amountUpokt: daoUpokt },
    { account: proposer, amountUpokt: proposerUpokt },
  ]);
}
