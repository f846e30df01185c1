import type { AnswerScan } from '#libs/jsonrpc';
import type { RelayEvidence, Session, SessionNode } from '../port.js';

/** An answer that a node signed. */
export interface SignedAnswer {
  readonly bytes: Buffer;
  /** The envelope; null for requests that are not JSON-RPC. */
  readonly scan: Extract<AnswerScan, { ok: true }> | null;
  readonly session: Session;
  readonly node: SessionNode;
  readonly evidence: RelayEvidence;
  readonly verified: boolean;
  /** Of this attempt alone. */
  readonly durationUs: number;
  readonly bytesIn: number;
  /** Why the node was asked, where it was not for the call itself or a retry. */
  readonly purpose?: 'hedge' | 'quorum';
}
