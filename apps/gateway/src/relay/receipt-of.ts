import type { Chain } from '#libs/chains';
import type { Aat } from '#libs/protocol';
import type { Receipt, RelayPurpose } from '#libs/receipts';
import type { SignedAnswer } from '#libs/relaying';
import type { EndpointSnapshot } from '#libs/tenancy';

/** What a receipt needs besides the node's answer. */
export interface ReceiptContext {
  readonly requestId: string;
  readonly endpoint: EndpointSnapshot;
  readonly chain: Chain;
  readonly method: string;
  readonly day: string;
  /** Unix milliseconds. */
  readonly answeredAtMs: number;
  readonly purpose: RelayPurpose;
  readonly billable: boolean;
}

/** The receipt of a signed answer; the application is the one whose session it came from. */
export function receiptOf(answer: SignedAnswer, context: ReceiptContext): Receipt {
  const { endpoint, chain } = context;
  const { application } = answer.session;
  return {
    requestId: context.requestId,
    tenantId: endpoint.tenantId,
    endpointId: endpoint.endpointId,
    keyId: endpoint.keyId,
    applicationId: application.id,
    chain: chain.slug,
    method: context.method,
    day: context.day,
    answeredAtMs: context.answeredAtMs,
    durationUs: answer.durationUs,
    bytesIn: answer.bytesIn,
    bytesOut: answer.bytes.length,
    purpose: context.purpose,
    billable: context.billable,
    rpcError: answer.scan !== null && answer.scan.error !== null,
    session: {
      applicationPublicKeyHex: application.publicKeyHex,
      chain: chain.id,
      sessionHeight: answer.session.startHeight,
      aat: application.credential as Aat,
    },
    nodePublicKeyHex: answer.node.id,
    entropy: answer.evidence.entropy,
    requestHash: answer.evidence.requestHash,
    clientSignature: answer.evidence.clientSignature,
    responseHash: answer.evidence.responseHash,
    responseHashEscaped: answer.evidence.responseHashEscaped,
    nodeSignature: answer.evidence.nodeSignature,
    verified: answer.verified,
  };
}
