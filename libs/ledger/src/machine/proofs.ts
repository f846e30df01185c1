import {
  type RelayProofMessage,
  addressOf,
  burnForRelays,
  checkProofAgainstClaim,
  claimWindow,
  relayProofPreimage,
  requiredLeafIndex,
  rewardFor,
  servicerAddressOf,
  sessionHeaderHashHex,
  sessionHeaderOf,
  splitNodeReward,
  ProtocolError,
} from '#libs/protocol';
import type { LedgerParameters, Settlement } from '../types.js';
import { burnApplicationStake } from './applications.js';
import type { BlockContext } from './block-context.js';
import { type Posting, accounts } from './books.js';
import { PocketErrorCode, PunishedError, pocketError, refuse } from './errors.js';
import { feeOf } from './fees.js';
import { burnNodeStake } from './nodes.js';
import { type ClaimRecord, claimKey } from './records.js';

/** What a proof's leaf says of its session, whatever kind of evidence it is. */
interface Leaf {
  readonly nodeAddressHex: string;
  readonly headerHashHex: string;
  readonly sessionHeight: number;
  readonly chain: string;
  readonly preimage: Buffer;
}

/**
 * Proves a claim of relays and pays it (facts 6.6, 7.1, 7.2). The claim is gone afterwards, so a second proof finds none (65). A replayed
 * leaf burns the node's stake; that burn stays although the transaction fails (`PunishedError`).
 */
export async function proveRelays(context: BlockContext, message: RelayProofMessage, txHash: string): Promise<void> {
  const header = sessionHeaderOf(message.leaf);
  const leaf: Leaf = {
    nodeAddressHex: servicerAddressOf(message.leaf),
    headerHashHex: sessionHeaderHashHex(header),
    sessionHeight: header.session_height,
    chain: header.chain,
    preimage: relayProofPreimage(message.leaf),
  };
  // A relay leaf under a challenge claim would be paid as relays and leave the relay claim open for a second payment.
  if (message.evidenceType !== 1) throw pocketError(PocketErrorCode.invalidEvidenceType);
  const claim = await requireProven(context, leaf, message, 1, txHash);
  payRelays(context, claim, txHash);
}

/** The claim that a proof belongs to, after every check of the proof against it. */
export async function requireProven(
  context: BlockContext,
  leaf: Leaf,
  { merkleProof }: Pick<RelayProofMessage, 'merkleProof'>,
  evidenceType: 1 | 2,
  txHash: string,
): Promise<ClaimRecord> {
  const { state, history, height } = context;
  const key = claimKey(leaf.nodeAddressHex, leaf.headerHashHex, evidenceType);
  const claim = state.claims.get(key);
  if (!claim) throw pocketError(PocketErrorCode.claimNotFound);
  const parameters = await history.parameters(claim.sessionHeight);
  const window = claimWindow(claim.sessionHeight, parameters);
  // While claims are still accepted nothing is paid: a claim made after its payment could be paid again.
  if (height < window.proofFrom) throw refuse.internal(`the claim matures after height ${window.claimTo}`);
  const leafBlock = await history.block(window.leafHashHeight + 1);
  const blockHashHex = leafBlock.block.header.last_block_id.hash.toLowerCase();
  const requiredIndex = requiredLeafIndex(blockHashHex, leaf.headerHashHex, claim.totalProofs);
  try {
    checkProofAgainstClaim(protocolClaim(claim), merkleProof, leaf.preimage, requiredIndex);
  } catch (error) {
    if (error instanceof ProtocolError && error.code === PocketErrorCode.replayAttack) {
      punishReplay(context, key, claim, txHash);
      throw new PunishedError(error);
    }
    throw error;
  }
  const application = await history.application(addressOf(claim.appPublicKeyHex), claim.sessionHeight);
  if (!application) throw pocketError(PocketErrorCode.applicationNotFound);
  if (leaf.sessionHeight !== claim.sessionHeight) throw pocketError(PocketErrorCode.invalidBlockHeight);
  if (!application.chains.includes(leaf.chain)) throw pocketError(PocketErrorCode.chainNotStakedByApplication);
  state.claims.delete(key);
  return claim;
}

/**
 * Pays a proven claim. With an Application Burn Rate the application's stake is burned first, and only relays whose burn was paid are
 * paid for: an application that is gone, or whose stake is used up, cannot have relays minted for that nobody burned for.
 */
function payRelays(context: BlockContext, claim: ClaimRecord, txHash: string): void {
  const dueUpokt = burnOf(context.parameters, claim.totalProofs);
  const burnedUpokt = burnApplicationStake(context, addressOf(claim.appPublicKeyHex), dueUpokt);
  const relays = burnedUpokt === dueUpokt ? claim.totalProofs : (claim.totalProofs * burnedUpokt) / dueUpokt;
  const minted = mintFor(context, claim.node, claim.chain, relays);
  settle(context, claim, txHash, { outcome: 'paid', ...minted, burnedUpokt });
}

/** What a mint came to, in uPOKT. */
export interface Minted {
  readonly coinsUpokt: bigint;
  readonly nodeUpokt: bigint;
  readonly feesUpokt: bigint;
}

/** Mints the reward of `relays` relays to a node and its fees to the pool. A node that is gone gets nothing (facts 7.2). */
export function mintFor(context: BlockContext, nodeAddress: string, chain: string, relays: bigint): Minted {
  const { state, parameters } = context;
  const node = state.nodes.get(nodeAddress);
  if (!node) return { coinsUpokt: 0n, nodeUpokt: 0n, feesUpokt: 0n };
  const reward = rewardFor({ relays, chain, stakeUpokt: node.stakedUpokt, params: parameters });
  const costUpokt = feeOf(parameters, 'pocketcore/claim') + feeOf(parameters, 'pocketcore/proof');
  const operatorUpokt = reward.nodeUpokt < costUpokt ? reward.nodeUpokt : costUpokt;
  const remainderUpokt = reward.nodeUpokt - operatorUpokt;
  const delegators = Object.entries(node.rewardDelegators ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const split = splitNodeReward(
    remainderUpokt,
    delegators.map(([, share]) => share),
  );
  // Shares are checked at staking; should they ever be invalid, nobody gets the remainder and it is not minted.
  const coinsUpokt = split ? reward.coinsUpokt : reward.coinsUpokt - remainderUpokt;
  const lines: Posting[] = [
    { account: accounts.issuance, amountUpokt: -coinsUpokt },
    { account: accounts.of(nodeAddress), amountUpokt: operatorUpokt },
    ...(split?.delegatorsUpokt ?? []).map((amountUpokt, index) => ({
      account: accounts.of(delegators[index]?.[0] ?? ''),
      amountUpokt,
    })),
    { account: accounts.of(node.outputAddressHex || nodeAddress), amountUpokt: split?.restUpokt ?? 0n },
    { account: accounts.fees, amountUpokt: reward.feesUpokt },
  ];
  state.books.post('relay reward', lines);
  return { coinsUpokt, nodeUpokt: coinsUpokt - reward.feesUpokt, feesUpokt: reward.feesUpokt };
}

/** Writes that the claim is done. The database keeps one such row per node, session and type. */
export function settle(
  context: BlockContext,
  claim: ClaimRecord,
  txHash: string,
  result: Pick<Settlement, 'outcome' | 'coinsUpokt' | 'nodeUpokt' | 'feesUpokt' | 'burnedUpokt'>,
): void {
  const settlement: Settlement = {
    height: context.height,
    txHash,
    nodeAddressHex: claim.node,
    header: { app_public_key: claim.appPublicKeyHex, chain: claim.chain, session_height: claim.sessionHeight },
    evidenceType: claim.evidenceType,
    relays: claim.totalProofs,
    ...result,
  };
  context.settlements.push({ settlement, headerHashHex: claim.headerHashHex });
}

function punishReplay(context: BlockContext, key: string, claim: ClaimRecord, txHash: string): void {
  const { state, parameters } = context;
  const stakeUpokt = state.nodes.get(claim.node)?.stakedUpokt ?? 0n;
  const relays = claim.totalProofs * BigInt(parameters.replayAttackBurnMultiplier);
  const burnUpokt = burnForRelays({ relays, stakeUpokt, params: parameters });
  const burnedUpokt = burnNodeStake(context, claim.node, burnUpokt, 'replay burn');
  state.claims.delete(key);
  settle(context, claim, txHash, { outcome: 'replay', coinsUpokt: 0n, nodeUpokt: 0n, feesUpokt: 0n, burnedUpokt });
}

function protocolClaim(claim: ClaimRecord): Parameters<typeof checkProofAgainstClaim>[0] {
  return {
    header: { app_public_key: claim.appPublicKeyHex, chain: claim.chain, session_height: claim.sessionHeight },
    merkleRoot: { hash: Buffer.from(claim.rootHashHex, 'hex'), lower: 0n, upper: claim.rootUpper },
    totalProofs: claim.totalProofs,
    fromAddressHex: claim.node,
    evidenceType: claim.evidenceType,
    expirationHeight: claim.expirationHeight,
  };
}

/** Application Burn Rate × relays, truncated; the rate is decimal text. */
function burnOf({ applicationBurnRate }: LedgerParameters, relays: bigint): bigint {
  const [whole = '0', digits = ''] = applicationBurnRate.split('.');
  return (relays * BigInt(whole + digits)) / 10n ** BigInt(digits.length);
}
