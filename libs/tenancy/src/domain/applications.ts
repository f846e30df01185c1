import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan, QueryFailedError } from 'typeorm';
import { type Aat, ProtocolError, addressOf, checkAat, generateKeyPair, makeAat } from '#libs/protocol';
import type { LedgerPort } from '#libs/ledger';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { ApplicationEntity, plain } from '../entities/index.js';
import { RecordSealer, applicationKeyContext } from '../record-sealer.js';
import { ScopedDatabase } from '../scope/scoped-database.js';
import { uuidV7 } from '../uuid-v7.js';
import { type MutationContext, Mutations } from './mutations.js';
import { type Page, type PageRequest, afterId, pageOf } from './page.js';
import { relayChainIds } from './relay-chains.js';
import { TenancyError, notFound } from './tenancy-error.js';
import { lockLiveTenant } from './tenants.js';

/** An application as it may be shown: everything but its sealed keys. */
export type ApplicationView = Omit<ApplicationEntity, 'sealedPrivateKey' | 'nextSealedPrivateKey'>;

/** Public key of the gateways' client key, which every AAT must name. 64 hex digits. */
export class GatewayClientKey {
  constructor(readonly publicKeyHex: string) {}
}

type Changes = Partial<Omit<ApplicationView, 'applicationId' | 'tenantId' | 'aat' | 'nextAat'>>;

/** uPOKT that an application may at most be asked to stake: what `numeric(20,0)` and the protocol's uint64 both hold. */
const STAKE_UPOKT_MAX = 10n ** 18n;

/**
 * Applications of one tenant. `createManaged`, `requestStake` and `requestUnstake` write down what is wanted; the
 * `ApplicationStaker` then brings the ledger there, and may be asked to again at any time.
 */
@Injectable()
export class Applications {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly sealer: RecordSealer,
    private readonly gatewayKey: GatewayClientKey,
    private readonly directory: ApplicationDirectory,
  ) {}

  /**
   * Makes the application's key, seals it, makes the AAT for the gateway and writes down the wanted stake.
   * @throws TenancyError `not-found` for the tenant, `chain-unknown`, `invalid`
   */
  async createManaged(
    context: MutationContext,
    tenantId: string,
    input: { name: string; chains: readonly string[]; stakeUpokt: bigint },
  ): Promise<ApplicationView> {
    const chains = relayChainIds(input.chains);
    checkStake(input.stakeUpokt);
    const { answer } = await this.mutations.run(context, async (manager) => {
      await lockLiveTenant(manager, tenantId);
      const applicationId = uuidV7();
      const key = generateKeyPair();
      const view: ApplicationView = {
        ...newApplication(tenantId, applicationId, input.name),
        source: 'managed',
        publicKeyHex: key.publicKeyHex,
        addressHex: key.addressHex,
        aat: makeAat(key, this.gatewayKey.publicKeyHex),
        chains,
        requestedChains: chains,
        requestedUpokt: String(input.stakeUpokt),
      };
      const sealedPrivateKey = this.sealer.seal(
        Buffer.from(key.privateKeyHex, 'hex'),
        applicationKeyContext(tenantId, applicationId, view.keyVersion),
      );
      await insertApplication(manager, { ...view, sealedPrivateKey, nextSealedPrivateKey: null });
      return { answer: view, audit: auditOf('application.create', null, view) };
    });
    return answer;
  }

  /**
   * Takes an AAT that the tenant signed elsewhere: it must be valid, name this gateway's client key, and its application
   * must be staked on the ledger.
   * @throws TenancyError `aat-invalid`, `aat-for-another-gateway`, `application-not-staked`, `application-registered`
   */
  async createReadyMade(
    context: MutationContext,
    tenantId: string,
    input: { name: string; aat: Aat },
    ledger: LedgerPort,
  ): Promise<ApplicationView> {
    const kept = await this.mutations.kept<ApplicationView>(context);
    if (kept !== null) return kept;
    this.checkReadyMade(input.aat);
    const addressHex = addressOf(input.aat.app_pub_key);
    const height = await ledger.height();
    const found = await ledger.application(addressHex, height);
    if (!found || found.status !== 2 || found.chains.length === 0) {
      throw new TenancyError(
        'application-not-staked',
        `The ledger has no staked application ${addressHex}. Stake it first, then upload its AAT.`,
        { address: addressHex },
      );
    }
    const { answer } = await this.mutations.run(context, async (manager) => {
      await lockLiveTenant(manager, tenantId);
      const { version, app_pub_key, client_pub_key, signature } = input.aat;
      const view: ApplicationView = {
        ...newApplication(tenantId, uuidV7(), input.name),
        source: 'ready-made',
        publicKeyHex: app_pub_key,
        addressHex,
        aat: { version, app_pub_key, client_pub_key, signature },
        chains: [...found.chains],
        provisioning: 'staked',
        stakedUpokt: String(found.stakedUpokt),
        maxRelays: String(found.maxRelays),
        stakeStatus: 'staked',
        ledgerHeight: String(height),
      };
      await insertApplication(manager, { ...view, sealedPrivateKey: null, nextSealedPrivateKey: null });
      return { answer: view, audit: auditOf('application.create', null, view) };
    });
    return answer;
  }

  /** Writes down a higher stake, or other chains. @throws TenancyError `not-managed`, `application-unstaking`, `stake-lower`, `not-found` */
  async requestStake(
    context: MutationContext,
    tenantId: string,
    applicationId: string,
    input: { stakeUpokt: bigint; chains?: readonly string[] | undefined },
  ): Promise<ApplicationView> {
    checkStake(input.stakeUpokt);
    const chains = input.chains && relayChainIds(input.chains);
    return this.change(context, tenantId, applicationId, 'application.stake', async (before, manager) => {
      await lockLiveTenant(manager, tenantId);
      if (before.stakeStatus === 'unstaking') {
        throw new TenancyError(
          'application-unstaking',
          'The stake is on its way back. The network takes a new one once that is over.',
        );
      }
      const presentUpokt = BigInt(before.stakedUpokt);
      if (input.stakeUpokt < presentUpokt) {
        throw new TenancyError(
          'stake-lower',
          `A stake can only be raised: it is ${presentUpokt} uPOKT. To get POKT back, unstake the application.`,
          { stakedUpokt: String(presentUpokt) },
        );
      }
      return {
        requestedUpokt: String(input.stakeUpokt),
        failure: null,
        ...(chains ? { requestedChains: chains } : {}),
      };
    });
  }

  /** Writes down that the stake is to be given up; its daily limit is 0 from the moment the ledger says so. */
  requestUnstake(context: MutationContext, tenantId: string, applicationId: string): Promise<ApplicationView> {
    return this.change(context, tenantId, applicationId, 'application.unstake', () => ({
      requestedUpokt: '0',
      failure: null,
    }));
  }

  /**
   * Writes down that an application's coins leave its account; `ApplicationStaker.withdraw` sends them.
   * @param toAddressHex null: the treasury.
   * @throws TenancyError `application-staked`, `application-unstaking`, `not-managed`, `not-found`
   */
  requestWithdrawal(
    context: MutationContext,
    tenantId: string,
    applicationId: string,
    toAddressHex: string | null,
  ): Promise<ApplicationView> {
    const withdrawal = { withdrawnTo: toAddressHex ?? 'treasury' };
    const check = (before: ApplicationView): Changes => {
      if (before.stakeStatus === 'unstaking') {
        throw new TenancyError('application-unstaking', 'The stake is on its way back. Withdraw once it is there.');
      }
      if (before.stakeStatus === 'staked' || before.requestedUpokt !== '0') {
        throw new TenancyError('application-staked', 'Its POKT is staked, or is to be. Unstake it first.');
      }
      return { failure: null };
    };
    return this.change(context, tenantId, applicationId, 'application.withdraw', check, withdrawal);
  }

  /**
   * Makes and seals the key that the stake is to move to, with its AAT. The application keeps its id, so endpoints and keys stay as they are.
   * While a transfer is under way a further request joins it. @throws TenancyError `not-managed`, `application-not-staked`, `not-found`
   */
  requestTransfer(context: MutationContext, tenantId: string, applicationId: string): Promise<ApplicationView> {
    return this.change(context, tenantId, applicationId, 'application.transfer', async (before, manager) => {
      await lockLiveTenant(manager, tenantId);
      if (before.nextPublicKeyHex !== null) return { failure: null };
      if (before.stakeStatus !== 'staked') {
        throw new TenancyError('application-not-staked', 'Only a stake that is in force can move to another key.');
      }
      const key = generateKeyPair();
      const nextAat = makeAat(key, this.gatewayKey.publicKeyHex);
      const keyContext = applicationKeyContext(tenantId, applicationId, before.keyVersion + 1);
      const nextSealedPrivateKey = this.sealer.seal(Buffer.from(key.privateKeyHex, 'hex'), keyContext);
      const next = { nextPublicKeyHex: key.publicKeyHex, nextAddressHex: key.addressHex };
      await manager.getRepository(ApplicationEntity).query(
        `UPDATE tenancy.applications SET next_public_key = $3, next_address = $4, next_aat = $5::jsonb, next_sealed_private_key = $6
          WHERE tenant_id = $1 AND application_id = $2`,
        [
          tenantId,
          applicationId,
          next.nextPublicKeyHex,
          next.nextAddressHex,
          JSON.stringify(nextAat),
          nextSealedPrivateKey,
        ],
      );
      return { failure: null, ...next };
    });
  }

  /** @throws TenancyError `not-found` */
  async get(tenantId: string, applicationId: string): Promise<ApplicationView> {
    const application = await this.database.read((manager) =>
      manager.getRepository(ApplicationEntity).findOneBy({ tenantId, applicationId }),
    );
    if (!application) throw notFound('application');
    return application;
  }

  async list(tenantId: string, page: PageRequest): Promise<Page<ApplicationView>> {
    const after = MoreThan(afterId(page.cursor));
    const rows = await this.database.read((manager) =>
      manager.getRepository(ApplicationEntity).find({
        where: { tenantId, applicationId: after },
        order: { applicationId: 'ASC' },
        take: page.limit + 1,
      }),
    );
    return pageOf(rows, page.limit, (row) => row.applicationId);
  }

  /** Asks the ledger for this application's stake now and stores it. @throws TenancyError `not-found`, the ledger's errors */
  async refreshStake(tenantId: string, applicationId: string, ledger: LedgerPort): Promise<ApplicationView> {
    const application = await this.get(tenantId, applicationId);
    const height = await ledger.height();
    await this.directory.recordStake(applicationId, await ledger.application(application.addressHex, height), height);
    return this.get(tenantId, applicationId);
  }

  private checkReadyMade(aat: Aat): void {
    try {
      checkAat(aat);
    } catch (error) {
      if (error instanceof ProtocolError)
        throw new TenancyError('aat-invalid', error.message, { ledgerCode: error.code });
      throw new TenancyError('aat-invalid', (error as Error).message);
    }
    if (aat.client_pub_key !== this.gatewayKey.publicKeyHex) {
      throw new TenancyError(
        'aat-for-another-gateway',
        `The AAT must name this gateway's client key ${this.gatewayKey.publicKeyHex}.`,
        { clientPublicKey: this.gatewayKey.publicKeyHex },
      );
    }
  }

  private async change(
    context: MutationContext,
    tenantId: string,
    applicationId: string,
    action: string,
    changes: (before: ApplicationView, manager: EntityManager) => Changes | Promise<Changes>,
    noted: object = {},
  ): Promise<ApplicationView> {
    const { answer } = await this.mutations.run(context, async (manager) => {
      const applications = manager.getRepository(ApplicationEntity);
      const before = await applications.findOne({
        where: { tenantId, applicationId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!before) throw notFound('application');
      if (before.keyErasedAt !== null) throw new TenancyError('key-erased', 'Its key was erased with its tenant.');
      if (before.source !== 'managed') {
        throw new TenancyError('not-managed', 'This application is staked by its owner, not by this API.');
      }
      const updated = { ...(await changes(before, manager)), revision: before.revision + 1, updatedAt: new Date() };
      await applications.update({ tenantId, applicationId }, updated);
      const after = { ...plain(before), ...updated, version: before.version + 1 };
      const audit = auditOf(action, before, after);
      return { answer: after, audit: { ...audit, after: { ...audit.after, ...noted } } };
    });
    return answer;
  }
}

function checkStake(stakeUpokt: bigint): void {
  if (stakeUpokt <= 0n || stakeUpokt > STAKE_UPOKT_MAX) {
    throw new TenancyError('invalid', `A stake must be between 1 and ${STAKE_UPOKT_MAX} uPOKT.`);
  }
}

function newApplication(
  tenantId: string,
  applicationId: string,
  name: string,
): Omit<ApplicationView, 'source' | 'publicKeyHex' | 'addressHex' | 'aat' | 'chains'> {
  const now = new Date();
  return {
    applicationId,
    tenantId,
    name,
    keyVersion: 1,
    nextPublicKeyHex: null,
    nextAddressHex: null,
    nextAat: null,
    provisioning: 'pending',
    requestedUpokt: '0',
    requestedChains: [],
    pendingTransaction: null,
    failure: null,
    revision: 0,
    stakedUpokt: '0',
    maxRelays: '0',
    stakeStatus: 'unstaked',
    ledgerHeight: '0',
    keyErasedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

async function insertApplication(manager: EntityManager, application: ApplicationEntity): Promise<void> {
  try {
    await manager.getRepository(ApplicationEntity).insert(application);
  } catch (error) {
    // Whose it is cannot be asked: another tenant's row is hidden, and the unique key holds all the same.
    if (!(error instanceof QueryFailedError) || (error.driverError as { code?: string }).code !== '23505') throw error;
    throw new TenancyError('application-registered', 'This application is registered already; its daily limit is one.');
  }
}

function auditOf(action: string, before: ApplicationView | null, after: ApplicationView) {
  return {
    tenantId: after.tenantId,
    action,
    subjectType: 'application',
    subjectId: after.applicationId,
    before: before && withoutBytes(before),
    after: withoutBytes(after),
  };
}

/** A pending transaction's signed bytes are of no use to a reader of the audit log. */
function withoutBytes(application: ApplicationView): object {
  const { pendingTransaction, ...rest } = application;
  return { ...rest, pendingTransaction: pendingTransaction && pendingTransaction.hash };
}
