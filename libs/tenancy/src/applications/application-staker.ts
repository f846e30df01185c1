import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type LedgerApplication, LedgerUnreachableError, type LedgerPort } from '#libs/ledger';
import { type KeyPair, type TransactionMessage, keyPairFromPrivateKey, signTransaction } from '#libs/protocol';
import type { DataSource } from 'typeorm';
import { TenancyError, notFound } from '../domain/tenancy-error.js';
import { ApplicationEntity, type PendingTransaction } from '../entities/index.js';
import { type RecordSealer, applicationKeyContext } from '../record-sealer.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { ApplicationDirectory } from './application-directory.js';

/** How an {@link ApplicationStaker} is set up. */
export interface ApplicationStakerOptions {
  readonly dataSource: DataSource;
  readonly ledger: LedgerPort;
  readonly sealer: RecordSealer;
  /** The operator's account that pays stakes and fees. */
  readonly treasury: KeyPair;
  /** `localnet`, `mainnet`, …: part of what a transaction's signature covers. */
  readonly chainId: string;
  /** Fee of every transaction; pocket-core asks 10,000 uPOKT. */
  readonly feeUpokt?: bigint;
  /** Pause between two looks at the ledger; default 200 ms. */
  readonly pollMs?: number;
  /** Cryptographically strong bytes, for the entropy of transactions. */
  readonly random?: (size: number) => Buffer;
  /** Milliseconds that never go backwards, for time limits. */
  readonly monotonicMs?: () => number;
}

/** Whether the ledger is where it was asked to be, or the time was up before. */
export type StakingResult = 'done' | 'waiting';

/** Accepted bytes are sent again after so long without a block, in case the node that took them lost its mempool. */
const RESEND_MS = 10_000;

/** What {@link ApplicationStaker} has reached when a step's transaction is in a block. */
const PROGRESS_OF_STEP = {
  fund: 'funded',
  stake: 'staked',
  unstake: 'pending',
  withdraw: 'pending',
  sweep: 'staked',
  transfer: 'staked',
} as const;

/**
 * Brings the ledger to what is wanted of a managed application: fund its account from the treasury, stake, raise the stake,
 * move it to another key, or unstake.
 *
 * Exactly once, at any crash and with any number of callers: a transaction's signed bytes are stored (compare-and-set)
 * before they are sent, a retry sends the same bytes, which the ledger takes once, and the next step is decided from the
 * ledger's own state at a height that includes the step before; a decision made on an older state is not written down.
 */
export class ApplicationStaker {
  private readonly directory: ApplicationDirectory;
  private readonly database: ScopedDatabase;
  private readonly feeUpokt: bigint;
  private readonly pollMs: number;
  private readonly random: (size: number) => Buffer;
  private readonly monotonicMs: () => number;
  /** Hash of an accepted transaction → when it was sent. */
  private readonly sentAtMs = new Map<string, number>();

  constructor(private readonly options: ApplicationStakerOptions) {
    this.database = new ScopedDatabase(options.dataSource);
    this.directory = new ApplicationDirectory(this.database);
    this.feeUpokt = options.feeUpokt ?? 10_000n;
    this.pollMs = options.pollMs ?? 200;
    this.random = options.random ?? randomBytes;
    this.monotonicMs = options.monotonicMs ?? (() => performance.now());
  }

  /**
   * Works until the ledger has what is wanted, `timeoutMs` are over or `signal` aborts. Safe to call again and at once.
   * @throws TenancyError `stake-refused`, `treasury-short`, `application-unstaking`, `not-found`; LedgerUnreachableError when the ledger stayed away.
   */
  async settle(
    tenantId: string,
    applicationId: string,
    limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<StakingResult> {
    const deadline = this.monotonicMs() + limits.timeoutMs;
    const isOver = (): boolean => this.monotonicMs() >= deadline || limits.signal?.aborted === true;
    for (;;) {
      try {
        if (await this.step(tenantId, applicationId)) return 'done';
      } catch (error) {
        if (!(error instanceof LedgerUnreachableError) || isOver()) throw error;
      }
      if (isOver()) return 'waiting';
      await delay(this.pollMs);
    }
  }

  /**
   * Sends what an unstaked application's account holds to `toAddressHex` (absent: back to the treasury), less the fee. Works like {@link settle}, and pays once.
   * @throws TenancyError `application-staked`, `application-unstaking`, `not-managed`, `key-erased`, `not-found`; the ledger's errors.
   */
  async withdraw(
    tenantId: string,
    applicationId: string,
    limits: { readonly timeoutMs: number; readonly signal?: AbortSignal; readonly toAddressHex?: string },
  ): Promise<StakingResult> {
    const deadline = this.monotonicMs() + limits.timeoutMs;
    const isOver = (): boolean => this.monotonicMs() >= deadline || limits.signal?.aborted === true;
    const toAddressHex = limits.toAddressHex ?? this.options.treasury.addressHex;
    for (;;) {
      if (await this.withdrawStep(tenantId, applicationId, toAddressHex)) return 'done';
      if (isOver()) return 'waiting';
      await delay(this.pollMs);
    }
  }

  private async withdrawStep(tenantId: string, applicationId: string, toAddressHex: string): Promise<boolean> {
    const application = await this.load(tenantId, applicationId);
    if (application.source !== 'managed') throw new TenancyError('not-managed', 'Its account is not held here.');
    if (application.keyErasedAt !== null) throw new TenancyError('key-erased', 'Its key is no more.');
    if (application.pendingTransaction) {
      await this.follow(application, application.pendingTransaction);
      return false;
    }
    const { ledger } = this.options;
    const height = await ledger.height();
    if (height < Number(application.ledgerHeight)) return false;
    const found = await ledger.application(application.addressHex, height);
    if (found?.status === 2) throw new TenancyError('application-staked', 'Its POKT is staked.');
    if (found?.status === 1) throw new TenancyError('application-unstaking', 'The stake is on its way back.');
    const balanceUpokt = await ledger.balanceUpokt(application.addressHex, height);
    // Less than a fee cannot be sent anywhere.
    if (balanceUpokt <= this.feeUpokt) return true;
    await this.propose(application, 'withdraw', await this.openKey(application), {
      type: 'pos/Send',
      value: {
        fromAddressHex: application.addressHex,
        toAddressHex,
        amountUpokt: balanceUpokt - this.feeUpokt,
      },
    });
    return false;
  }

  /** One look and at most one action; true when there is nothing left to do. */
  private async step(tenantId: string, applicationId: string): Promise<boolean> {
    const application = await this.load(tenantId, applicationId);
    if (application.source !== 'managed') return true;
    if (application.pendingTransaction) {
      await this.follow(application, application.pendingTransaction);
      return false;
    }
    const height = await this.options.ledger.height();
    if (height < Number(application.ledgerHeight)) return false;
    // A stake on its way to another key arrives first; what else is wanted follows under that key.
    if (application.nextAddressHex !== null && application.nextPublicKeyHex !== null) {
      await this.transferStep(application, application.nextAddressHex, application.nextPublicKeyHex, height);
      return false;
    }
    // At this very height: of several RPC nodes one that lags would otherwise show the state before the last step.
    const found = await this.options.ledger.application(application.addressHex, height);
    if (this.isReached(application, found)) {
      await this.reached(application, found, height);
      return true;
    }
    await this.begin(application, found, height);
    return false;
  }

  private async transferStep(
    application: ApplicationEntity,
    nextAddressHex: string,
    nextPublicKeyHex: string,
    height: number,
  ): Promise<void> {
    const { ledger } = this.options;
    const moved = await ledger.application(nextAddressHex, height);
    if (moved !== null && moved.status !== 0) {
      await this.takeNextKey(application, nextAddressHex, height);
      return;
    }
    const found = await ledger.application(application.addressHex, height);
    if (found?.status !== 2) {
      // Given up or burned meanwhile: no transaction moves it any more, so the key that waits for it never holds anything.
      await this.dropNextKey(application, nextAddressHex);
      return;
    }
    const balanceUpokt = await ledger.balanceUpokt(application.addressHex, height);
    if (balanceUpokt < this.feeUpokt) {
      await this.fund(application, this.feeUpokt - balanceUpokt);
      return;
    }
    const signer = await this.openKey(application);
    if (balanceUpokt > 2n * this.feeUpokt) {
      // The present key goes with the transfer, and coins of its account would go with it.
      const amountUpokt = balanceUpokt - 2n * this.feeUpokt;
      const value = { fromAddressHex: application.addressHex, toAddressHex: nextAddressHex, amountUpokt };
      await this.propose(application, 'sweep', signer, { type: 'pos/Send', value });
      return;
    }
    const value = { publicKeyHex: nextPublicKeyHex, chains: [], valueUpokt: 0n };
    await this.propose(application, 'transfer', signer, { type: 'apps/MsgAppStake', value });
  }

  /** One statement: gateways see the old key and AAT, or the new ones. */
  private async takeNextKey(application: ApplicationEntity, nextAddressHex: string, height: number): Promise<void> {
    await this.database.query(
      `UPDATE tenancy.applications
          SET public_key = next_public_key, address = next_address, aat = next_aat, sealed_private_key = next_sealed_private_key,
              key_version = key_version + 1, next_public_key = NULL, next_address = NULL, next_aat = NULL,
              next_sealed_private_key = NULL, failure = NULL, revision = revision + 1,
              ledger_height = GREATEST(ledger_height, $3::bigint), updated_at = now()
        WHERE application_id = $1 AND next_address = $2`,
      [application.applicationId, nextAddressHex, height],
    );
  }

  private async dropNextKey(application: ApplicationEntity, nextAddressHex: string): Promise<void> {
    await this.database.query(
      `UPDATE tenancy.applications
          SET next_public_key = NULL, next_address = NULL, next_aat = NULL, next_sealed_private_key = NULL,
              revision = revision + 1, updated_at = now()
        WHERE application_id = $1 AND next_address = $2 AND revision = $3 AND pending_transaction IS NULL`,
      [application.applicationId, nextAddressHex, application.revision],
    );
  }

  private isReached(application: ApplicationEntity, found: LedgerApplication | null): boolean {
    const wantedUpokt = BigInt(application.requestedUpokt);
    if (wantedUpokt === 0n) return found === null || found.status !== 2;
    return (
      found !== null &&
      found.status === 2 &&
      found.stakedUpokt >= wantedUpokt &&
      sameSet(found.chains, application.requestedChains)
    );
  }

  private async reached(
    application: ApplicationEntity,
    found: LedgerApplication | null,
    height: number,
  ): Promise<void> {
    await this.directory.recordStake(application.applicationId, found, height);
    const provisioning = BigInt(application.requestedUpokt) === 0n ? 'pending' : 'staked';
    if (application.provisioning === provisioning && application.failure === null) return;
    await this.database.read((manager) =>
      manager
        .getRepository(ApplicationEntity)
        .update({ applicationId: application.applicationId }, { provisioning, failure: null, updatedAt: new Date() }),
    );
  }

  private async begin(application: ApplicationEntity, found: LedgerApplication | null, height: number): Promise<void> {
    const wantedUpokt = BigInt(application.requestedUpokt);
    // Refused before it is funded: the network takes no stake while one is on its way back.
    if (found?.status === 1) throw new TenancyError('application-unstaking', 'The stake is on its way back.');
    const presentUpokt = found?.stakedUpokt ?? 0n;
    const stakeUpokt = wantedUpokt > presentUpokt ? wantedUpokt : presentUpokt;
    const neededUpokt = (wantedUpokt === 0n ? 0n : stakeUpokt - presentUpokt) + this.feeUpokt;
    const balanceUpokt = await this.options.ledger.balanceUpokt(application.addressHex, height);
    if (balanceUpokt < neededUpokt) {
      await this.fund(application, neededUpokt - balanceUpokt);
    } else if (wantedUpokt === 0n) {
      await this.propose(application, 'unstake', await this.openKey(application), {
        type: 'apps/MsgAppBeginUnstake',
        value: { applicationAddressHex: application.addressHex },
      });
    } else {
      await this.propose(application, 'stake', await this.openKey(application), {
        type: 'apps/MsgAppStake',
        value: { publicKeyHex: application.publicKeyHex, chains: application.requestedChains, valueUpokt: stakeUpokt },
      });
    }
  }

  private async fund(application: ApplicationEntity, amountUpokt: bigint): Promise<void> {
    const { treasury, ledger } = this.options;
    const availableUpokt = await ledger.balanceUpokt(treasury.addressHex);
    if (availableUpokt < amountUpokt + this.feeUpokt) {
      throw new TenancyError(
        'treasury-short',
        'The operator’s treasury cannot pay this stake. Fund it and try again.',
        {
          neededUpokt: String(amountUpokt + this.feeUpokt),
        },
      );
    }
    await this.propose(application, 'fund', treasury, {
      type: 'pos/Send',
      value: { fromAddressHex: treasury.addressHex, toAddressHex: application.addressHex, amountUpokt },
    });
  }

  /** Stores the signed transaction unless another caller stored one first; the next step sends it. */
  private async propose(
    application: ApplicationEntity,
    step: PendingTransaction['step'],
    signer: KeyPair,
    message: TransactionMessage,
  ): Promise<void> {
    const { bytes, hashHex } = signTransaction({
      message,
      chainId: this.options.chainId,
      feeUpokt: this.feeUpokt,
      memo: '',
      // Positive in 63 bits: pocket-core's entropy is an int64.
      entropy: this.random(8).readBigUInt64BE() >> 1n,
      signer,
    });
    const pending: PendingTransaction = {
      step,
      hash: hashHex,
      fromAddressHex: signer.addressHex,
      bytesHex: bytes.toString('hex'),
    };
    await this.database.query(
      `UPDATE tenancy.applications
          SET pending_transaction = $2::jsonb, revision = revision + 1, updated_at = now()
        WHERE application_id = $1 AND pending_transaction IS NULL AND revision = $3`,
      [application.applicationId, JSON.stringify(pending), application.revision],
    );
    const stored = await this.load(application.tenantId, application.applicationId);
    if (stored.pendingTransaction) await this.follow(stored, stored.pendingTransaction);
  }

  /** Looks for the outcome of a stored transaction, sending it (again) while it is in no block. */
  private async follow(application: ApplicationEntity, pending: PendingTransaction): Promise<void> {
    const included = await this.options.ledger.transaction(pending.hash);
    if (included) {
      await this.conclude(application, pending, included.height, included.code, included.log);
      return;
    }
    const sentAtMs = this.sentAtMs.get(pending.hash);
    if (sentAtMs !== undefined && this.monotonicMs() - sentAtMs < RESEND_MS) return;
    const { code, codespace, log } = await this.options.ledger.submitTransaction(
      pending.fromAddressHex,
      Buffer.from(pending.bytesHex, 'hex'),
    );
    if (code === 0) {
      this.sentAtMs.set(pending.hash, this.monotonicMs());
      return;
    }
    // Refused now, but it may have been included between the question and the attempt, or wait in the mempool already.
    const late = await this.options.ledger.transaction(pending.hash);
    if (late) await this.conclude(application, pending, late.height, late.code, late.log);
    else if (!isUndecided(code, codespace, log)) await this.conclude(application, pending, 0, code, log);
  }

  private async conclude(
    application: ApplicationEntity,
    pending: PendingTransaction,
    height: number,
    code: number,
    log: string,
  ): Promise<void> {
    this.sentAtMs.delete(pending.hash);
    const failure = code === 0 ? null : `${pending.step} was refused by the ledger (code ${code}): ${log}`;
    await this.database.query(
      `UPDATE tenancy.applications
          SET pending_transaction = NULL, revision = revision + 1, failure = $3, provisioning = COALESCE($4, provisioning),
              ledger_height = GREATEST(ledger_height, $5::bigint), updated_at = now()
        WHERE application_id = $1 AND pending_transaction ->> 'hash' = $2`,
      [application.applicationId, pending.hash, failure, failure ? null : this.progress(application, pending), height],
    );
    if (failure) {
      throw new TenancyError('stake-refused', `The ledger refused: ${log || `code ${code}`}`, {
        step: pending.step,
        ledgerCode: code,
      });
    }
  }

  /** `funded` is a step on the way to the first stake only; raising a stake does not take an application back. */
  private progress(application: ApplicationEntity, pending: PendingTransaction): string {
    const isFirstStake = application.provisioning !== 'staked';
    if (isFirstStake || pending.step === 'unstake' || pending.step === 'withdraw')
      return PROGRESS_OF_STEP[pending.step];
    return 'staked';
  }

  private async openKey(application: ApplicationEntity): Promise<KeyPair> {
    const row = await this.database.read((manager) =>
      manager.getRepository(ApplicationEntity).findOneOrFail({
        where: { tenantId: application.tenantId, applicationId: application.applicationId },
        select: { applicationId: true, sealedPrivateKey: true },
      }),
    );
    const context = applicationKeyContext(application.tenantId, application.applicationId, application.keyVersion);
    const opened = this.options.sealer.open(row.sealedPrivateKey ?? Buffer.alloc(0), context);
    try {
      return keyPairFromPrivateKey(opened.toString('hex'));
    } finally {
      opened.fill(0);
    }
  }

  private async load(tenantId: string, applicationId: string): Promise<ApplicationEntity> {
    const application = await this.database.read((manager) =>
      manager.getRepository(ApplicationEntity).findOneBy({ tenantId, applicationId }),
    );
    if (!application) throw notFound('application');
    return application;
  }
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry) => right.includes(entry));
}

/**
 * A refusal that says nothing of the transaction itself: the mempool has it already or is full, or the node failed (`sdk` 1).
 * It may wait in another node's mempool, so it is not given up: a new one in its place could pay twice.
 */
function isUndecided(code: number, codespace: string, log: string): boolean {
  return (codespace === 'sdk' && code === 1) || /mempool|already exists|tx already|duplicate/i.test(log);
}
