import type { Aat } from '#libs/protocol';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A transaction that was decided on and may have been sent: kept until its outcome is known. */
export interface PendingTransaction {
  readonly step: 'fund' | 'stake' | 'unstake' | 'withdraw' | 'sweep' | 'transfer';
  /** Hash under which the ledger knows it. */
  readonly hash: string;
  readonly fromAddressHex: string;
  /** The signed bytes, hex: a retry sends exactly these, so the ledger cannot execute the step twice. */
  readonly bytesHex: string;
}

/**
 * A Pocket application: the stake that buys relays, and the AAT by which this gateway may spend them.
 * Table `tenancy.applications`. Amounts are decimal strings of uPOKT, as `numeric` columns are.
 */
@Entity({ schema: 'tenancy', name: 'applications' })
export class ApplicationEntity {
  @PrimaryColumn({ name: 'application_id', type: 'uuid' }) applicationId: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId: string;
  @Column({ type: 'text' }) name: string;
  /** managed: we hold the sealed key. ready-made: the tenant signed the AAT elsewhere and stakes on its own. */
  @Column({ type: 'text' }) source: 'managed' | 'ready-made';
  @Column({ name: 'public_key', type: 'text' }) publicKeyHex: string;
  @Column({ name: 'address', type: 'text' }) addressHex: string;
  @Column({ name: 'sealed_private_key', type: 'bytea', nullable: true, select: false }) sealedPrivateKey: Buffer | null;
  @Column({ name: 'key_version', type: 'integer' }) keyVersion: number;
  @Column({ type: 'jsonb' }) aat: Aat;
  /** The key that the stake is on its way to; null, like the other three, while it is not. Sealed under the next `keyVersion`. */
  @Column({ name: 'next_public_key', type: 'text', nullable: true }) nextPublicKeyHex: string | null;
  @Column({ name: 'next_address', type: 'text', nullable: true }) nextAddressHex: string | null;
  @Column({ name: 'next_aat', type: 'jsonb', nullable: true }) nextAat: Aat | null;
  @Column({ name: 'next_sealed_private_key', type: 'bytea', nullable: true, select: false })
  nextSealedPrivateKey: Buffer | null;
  /** Relay chain ids: those staked for, or before the first stake those wanted. */
  @Column({ type: 'text', array: true }) chains: string[];
  /** How far our own work has come; a ready-made application starts at `staked`. */
  @Column({ type: 'text' }) provisioning: 'pending' | 'funded' | 'staked';
  /** The stake that is wanted; 0 for a managed application: unstake it. */
  @Column({ name: 'requested_upokt', type: 'numeric' }) requestedUpokt: string;
  @Column({ name: 'requested_chains', type: 'text', array: true }) requestedChains: string[];
  @Column({ name: 'pending_transaction', type: 'jsonb', nullable: true }) pendingTransaction: PendingTransaction | null;
  /** Counts requests and steps; a decision is written down only at the revision it was made on. */
  @Column({ type: 'integer' }) revision: number;
  /** Why the last attempt to stake failed; null when none did. */
  @Column({ type: 'text', nullable: true }) failure: string | null;
  /** What the ledger said at `ledgerHeight`. */
  @Column({ name: 'staked_upokt', type: 'numeric' }) stakedUpokt: string;
  @Column({ name: 'max_relays', type: 'numeric' }) maxRelays: string;
  @Column({ name: 'stake_status', type: 'text' }) stakeStatus: 'unstaked' | 'unstaking' | 'staked';
  @Column({ name: 'ledger_height', type: 'bigint' }) ledgerHeight: string;
  /** Since when a managed application's key is no more; null while it is sealed here, or never was. */
  @Column({ name: 'key_erased_at', type: 'timestamptz', nullable: true }) keyErasedAt: Date | null;
  /** Counts the row's changes, by a trigger: a write never states it. Its entity tag. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt: Date;
}
