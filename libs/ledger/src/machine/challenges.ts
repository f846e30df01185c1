import {
  type Challenge,
  type MerkleProof,
  addressOf,
  burnForRelays,
  challengePreimage,
  checkChallenge,
  servicerAddressOf,
  sessionEndHeight,
  sessionHeaderHashHex,
  sessionHeaderOf,
} from '#libs/protocol';
import type { BlockContext } from './block-context.js';
import { PocketErrorCode, pocketError } from './errors.js';
import { burnNodeStake } from './nodes.js';
import { mintFor, requireProven, settle } from './proofs.js';

/**
 * Proves a claim of challenges (facts 6.7): two nodes of the session answered alike, the third otherwise. The third is burned the worth of
 * all claimed challenges; the reporter is paid a hundredth of them as relays.
 *
 * Stricter than pocket-core: all three must be nodes of that session (83), or two keys of anyone could burn any node.
 */
export async function proveChallenges(
  context: BlockContext,
  { merkleProof, challenge }: { readonly merkleProof: MerkleProof; readonly challenge: Challenge },
  txHash: string,
): Promise<void> {
  const { history, state } = context;
  const header = sessionHeaderOf(challenge.majorityResponses[0].proof);
  const leaf = {
    nodeAddressHex: challenge.reportersAddressHex,
    headerHashHex: sessionHeaderHashHex(header),
    sessionHeight: header.session_height,
    chain: header.chain,
    preimage: challengePreimage(challenge),
  };
  const claim = await requireProven(context, leaf, { merkleProof }, 2, txHash);
  const application = await history.application(addressOf(claim.appPublicKeyHex), claim.sessionHeight);
  checkChallenge(challenge, application?.chains ?? []);
  const { blocksPerSession } = await history.parameters(claim.sessionHeight);
  const session = await history.session(header, sessionEndHeight(claim.sessionHeight, blocksPerSession));
  const members = new Set(session.nodes.map((node) => node.address));
  for (const { proof } of [...challenge.majorityResponses, challenge.minorityResponse]) {
    if (!members.has(servicerAddressOf(proof))) throw pocketError(PocketErrorCode.nodeNotInSession);
  }
  const liar = servicerAddressOf(challenge.minorityResponse.proof);
  const stakeUpokt = state.nodes.get(liar)?.stakedUpokt ?? 0n;
  const burnUpokt = burnForRelays({ relays: claim.totalProofs, stakeUpokt, params: context.parameters });
  const burnedUpokt = burnNodeStake(context, liar, burnUpokt, 'challenge burn');
  const minted = mintFor(context, claim.node, claim.chain, claim.totalProofs / 100n);
  settle(context, claim, txHash, { outcome: 'paid', ...minted, burnedUpokt });
}
