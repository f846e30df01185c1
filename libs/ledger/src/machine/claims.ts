import {
  type Claim,
  addressOf,
  checkPublicKey,
  claimWindow,
  maxPossibleRelays,
  sessionHeaderHashHex,
  sessionStartHeight,
} from '#libs/protocol';
import type { BlockContext } from './block-context.js';
import { PocketErrorCode, pocketError } from './errors.js';
import type { ApplicationRecord } from './records.js';
import { claimKey } from './records.js';

/**
 * Accepts a claim (facts 6.3): the checks in pocket-core's order, everything read at the session height S. A second claim of the same
 * node, session and type replaces the first while the window is open.
 *
 * Stricter than pocket-core in two places where it could be cheated: a session height off the session grid is refused with 60 (every
 * offset would open an allowance of its own), and the window is the one of the parameters at S, as for the proof (a later change would
 * otherwise reopen it).
 */
export async function acceptClaim(context: BlockContext, claim: Claim): Promise<void> {
  const { history, height, state } = context;
  const { header, fromAddressHex: nodeAddress, totalProofs, evidenceType } = claim;
  const sessionHeight = header.session_height;
  if (sessionHeight >= height) throw pocketError(PocketErrorCode.invalidBlockHeight);
  const parameters = await history.parameters(sessionHeight);
  const sessionEnd = sessionHeight + parameters.blocksPerSession - 1;
  if (height <= sessionEnd) throw pocketError(PocketErrorCode.invalidBlockHeight);
  if (totalProofs < BigInt(parameters.minimumNumberOfProofs)) throw pocketError(PocketErrorCode.invalidProofs);
  if (!parameters.supportedBlockchains.includes(header.chain)) throw pocketError(PocketErrorCode.chainNotSupported);
  if (!(await history.nodes(sessionHeight)).has(nodeAddress)) throw pocketError(PocketErrorCode.nodeNotFound);
  const application = await history.application(addressOf(header.app_public_key), sessionHeight);
  if (!application) throw pocketError(PocketErrorCode.applicationNotFound);
  const allowance = maxPossibleRelays({
    maxRelays: application.maxRelays,
    chains: application.chains.length,
    sessionNodeCount: parameters.sessionNodeCount,
  });
  if (totalProofs > allowance) throw pocketError(PocketErrorCode.overService);
  if (application.chains.length > parameters.applicationMaximumChains) throw pocketError(PocketErrorCode.tooManyChains);
  const session = await history.session(header, sessionEnd);
  checkMembership(
    claim,
    application,
    parameters.blocksPerSession,
    session.nodes.map((node) => node.address),
  );
  if (height > claimWindow(sessionHeight, parameters).claimTo) throw pocketError(PocketErrorCode.claimTooLate);
  const headerHashHex = sessionHeaderHashHex(header);
  state.claims.set(claimKey(nodeAddress, headerHashHex, evidenceType), {
    node: nodeAddress,
    appPublicKeyHex: header.app_public_key,
    chain: header.chain,
    sessionHeight,
    headerHashHex,
    rootHashHex: claim.merkleRoot.hash.toString('hex'),
    rootUpper: claim.merkleRoot.upper,
    totalProofs,
    evidenceType,
    expirationHeight: height + parameters.claimExpiration * parameters.blocksPerSession,
  });
}

/** Whether the node belongs to the session and the application to the header (facts 5.6, number 20): 18, 60, 6/42, 61, 13, 14. */
function checkMembership(
  { header, fromAddressHex }: Claim,
  application: ApplicationRecord,
  blocksPerSession: number,
  members: readonly string[],
): void {
  if (header.chain === '') throw pocketError(PocketErrorCode.emptySessionChain);
  if (header.session_height !== sessionStartHeight(header.session_height, blocksPerSession)) {
    throw pocketError(PocketErrorCode.invalidBlockHeight);
  }
  checkPublicKey(header.app_public_key);
  // Exact text: hex of the other case would be another session with an allowance of its own.
  if (header.app_public_key !== application.publicKeyHex) throw pocketError(PocketErrorCode.invalidApplicationKey);
  if (!application.chains.includes(header.chain)) throw pocketError(PocketErrorCode.chainNotStakedByApplication);
  if (!members.includes(fromAddressHex)) throw pocketError(PocketErrorCode.invalidSession);
}

/** Start of block: claims that nobody proved in time are gone, unpaid. */
export function expireClaims(context: BlockContext): void {
  const { claims } = context.state;
  for (const [key] of claims.where(({ expirationHeight }) => expirationHeight <= context.height)) claims.delete(key);
}
