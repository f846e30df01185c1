import type { LedgerPort } from '#libs/ledger';
import type { KeyPair } from '#libs/protocol';
import type { DataSource } from 'typeorm';
import type { NodeSessionKey } from './session.js';
import type { SettlementTerms } from './settlement-terms.js';
import type { VerificationPolicy } from './verification/verification-policy.js';

/** Something an operator wants to know or count; never holds a key or a payload. */
export type SettlementEvent =
  | { readonly kind: 'chunk_verified'; readonly receipts: number; readonly verified: number; readonly invalid: number }
  | { readonly kind: 'invalid_receipts'; readonly nodePublicKeyHex: string; readonly count: number }
  | {
      readonly kind: 'claim_submitted';
      readonly settlement: NodeSessionKey;
      readonly proofs: bigint;
      readonly again: boolean;
    }
  | {
      readonly kind: 'claim_refused';
      readonly settlement: NodeSessionKey;
      readonly code: number;
      readonly codespace: string;
    }
  | { readonly kind: 'claimed'; readonly settlement: NodeSessionKey; readonly proofs: bigint }
  | { readonly kind: 'proof_submitted'; readonly settlement: NodeSessionKey; readonly leafIndex: number }
  | {
      readonly kind: 'proof_refused';
      readonly settlement: NodeSessionKey;
      readonly code: number;
      readonly codespace: string;
    }
  | {
      readonly kind: 'settled';
      readonly settlement: NodeSessionKey;
      readonly proofs: bigint;
      readonly mintedUpokt: bigint;
      readonly late: bigint;
    }
  | { readonly kind: 'unpaid'; readonly settlement: NodeSessionKey; readonly reason: string; readonly receipts: bigint }
  | { readonly kind: 'session_closed'; readonly session: Omit<NodeSessionKey, 'nodePublicKeyHex'> }
  | { readonly kind: 'failed'; readonly step: string; readonly error: unknown };

/** What every step of settlement works with. */
export interface SettlementContext {
  readonly dataSource: DataSource;
  readonly ledger: LedgerPort;
  readonly terms: SettlementTerms;
  /** Signs claims and proofs for the nodes that named it as their settler. */
  readonly settler: KeyPair;
  readonly chainId: string;
  /** How long a session's last chunk must be old before the session is claimed, ms; the window's end overrides it. */
  readonly quietMs: number;
  readonly verification: VerificationPolicy;
  /** Entropy of transactions, a non-negative 63-bit integer. */
  readonly entropy: () => bigint;
  readonly onEvent: (event: SettlementEvent) => void;
}
