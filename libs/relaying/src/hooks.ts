import type { QuarantineReason } from './core/node-scores.js';
import type { ErrorClass } from './port.js';

/** Counts for metrics; every function must be cheap and must not throw. */
export interface RelayHooks {
  /** One attempt ended. `chain` is the relay chain id. */
  onAttempt?(chain: string, outcome: 'ok' | ErrorClass, durationMs: number): void;
  /** A session was loaded, or could not be. */
  onSession?(outcome: 'loaded' | 'adopted' | 'failed', durationMs: number): void;
  /** A request was served by the least bad node because none was in good standing. */
  onDegraded?(chain: string): void;
  /** A new height was learnt. */
  onHeight?(height: number): void;
  /** So many signatures were made in one run. */
  onSigned?(count: number): void;
  /** Our application or keys were refused: an operator must look. */
  onAuthFault?(applicationId: string, chain: string, detail: string): void;
  /** A node's signature does not verify, or its answer is a proven lie. */
  onForged?(nodeId: string, chain: string): void;
  /** A second node was asked because the first took long. */
  onHedge?(chain: string): void;
  /** A probe ended. */
  onProbe?(chain: string, outcome: 'ok' | 'failed' | QuarantineReason): void;
  /** A node was shut out because its answers are wrong. */
  onQuarantine?(chain: string, reason: QuarantineReason, nodeId: string): void;
}
