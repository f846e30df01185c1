import { type Aat, type Challenge, addressOf, encodeChallenge } from '#libs/protocol';
import type { NodeTransport } from '../core/node-transport.js';
import type { SignedAnswer } from '../core/signed-answer.js';
import type { Dissent } from '../quorum/quorum-reader.js';

/** What became of a report. */
export type ReportOutcome = 'stored' | 'refused' | 'not-comparable';

const CHALLENGE_PATH = '/v1/client/challenge';
const TIMEOUT_MS = 5_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/**
 * Reports a liar as a challenge (morse-protocol.md, section 6.7): two nodes' equal answers against a third's, handed to a node
 * of the majority, which may claim it.
 */
export class ChallengeReporter {
  constructor(
    private readonly transport: NodeTransport,
    private readonly onReport: (outcome: ReportOutcome, dissent: Dissent) => void = () => undefined,
  ) {}

  /** Never rejects for what nodes do. */
  async report(dissent: Dissent): Promise<ReportOutcome> {
    const outcome = await this.#report(dissent);
    this.onReport(outcome, dissent);
    return outcome;
  }

  async #report({ majority, minority }: Dissent): Promise<ReportOutcome> {
    const [first] = majority;
    // A block may have come between two of the relays: then their requests differ, and no node would take the challenge.
    const same = [...majority, minority].every((one) => one.evidence.requestHash.equals(first.evidence.requestHash));
    if (!same) return 'not-comparable';
    const challenge: Challenge = {
      majorityResponses: [responseOf(majority[0]), responseOf(majority[1])],
      minorityResponse: responseOf(minority),
      reportersAddressHex: addressOf(first.node.id),
    };
    try {
      const reply = await this.transport.send(first.node.url, CHALLENGE_PATH, encodeChallenge(challenge), {
        timeoutMs: TIMEOUT_MS,
        bytesMax: ANSWER_BYTES_MAX,
      });
      return reply.status === 200 ? 'stored' : 'refused';
    } catch {
      return 'refused';
    }
  }
}

function responseOf(answer: SignedAnswer): Challenge['minorityResponse'] {
  const { session, node, evidence } = answer;
  return {
    signature: evidence.nodeSignature.toString('hex'),
    response: answer.bytes.toString('utf8'),
    proof: {
      request_hash: evidence.requestHash.toString('hex'),
      entropy: evidence.entropy,
      session_block_height: session.startHeight,
      servicer_pub_key: node.id,
      blockchain: session.chain,
      aat: session.application.credential as Aat,
      signature: evidence.clientSignature.toString('hex'),
    },
  };
}
