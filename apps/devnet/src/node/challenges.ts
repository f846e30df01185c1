import {
  type Challenge,
  DecodeError,
  PocketErrorCode,
  ProtocolError,
  challengeHashHex,
  checkChallenge,
  checkChallengeBasics,
  checkChallengeReceiver,
  decodeChallenge,
  maxPossibleRelays,
  pocketError,
} from '#libs/protocol';
import type { ServiceNode } from './service-node.js';

/** What became of a challenge. */
export type ChallengeOutcome = { readonly stored: string } | { readonly refused: ProtocolError };

/**
 * Challenges handed to one node: two answers that agree and one signed answer that deviates (morse-protocol.md, section
 * 6.7). Checked in pocket-core's order and kept for the session; as on a stock node, nobody is punished unless the node
 * that holds them claims, which this one does not.
 */
export class ChallengeBook {
  readonly #stored = new Map<string, Set<string>>();

  constructor(private readonly node: ServiceNode) {}

  /** Checks and stores. Never throws. */
  accept(body: Buffer): ChallengeOutcome {
    try {
      return { stored: this.#accept(decodeChallenge(body)) };
    } catch (error) {
      if (error instanceof ProtocolError) return { refused: error };
      const reason = error instanceof DecodeError ? error.message : 'internal error';
      return { refused: new ProtocolError(1, reason, 'sdk') };
    }
  }

  #accept(challenge: Challenge): string {
    checkChallengeBasics(challenge);
    const { proof } = challenge.minorityResponse;
    const view = this.node.surroundings.view();
    const state = view?.sessions.get(view.sessionHeight);
    const application = state?.applications.get(proof.aat.app_pub_key);
    if (view === null || state === undefined || application === undefined) {
      throw pocketError(PocketErrorCode.applicationNotFound);
    }
    const { session } = view.session(proof.aat.app_pub_key, proof.blockchain);
    const key = `${view.sessionHeight}/${proof.blockchain}/${proof.aat.app_pub_key}`;
    const stored = this.#stored.get(key) ?? new Set<string>();
    checkChallengeReceiver({
      receiverAddressHex: this.node.key.addressHex,
      sessionNodeAddressesHex: session.nodes.map((node) => node.address),
      challengesSoFar: BigInt(stored.size),
      allowance: maxPossibleRelays({
        maxRelays: application.maxRelays,
        chains: application.chains.length,
        sessionNodeCount: state.parameters.sessionNodeCount,
      }),
    });
    checkChallenge(challenge, application.chains);
    stored.add(challengeHashHex(challenge));
    this.#forgetBefore(view.sessionHeight);
    this.#stored.set(key, stored);
    return `successfully stored challenge proof for ${proof.servicer_pub_key}`;
  }

  #forgetBefore(sessionHeight: number): void {
    for (const key of this.#stored.keys()) if (Number(key.split('/')[0]) < sessionHeight) this.#stored.delete(key);
  }
}
