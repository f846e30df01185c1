import { maxPossibleRelays } from '#libs/protocol';
import { type ApplicationView, type ScopedDatabase, dailyLimitsOf } from '#libs/tenancy';
import type { z } from 'zod';
import type { applicationSchema } from '../schemas/application.js';
import { isoOf, poktOf } from '../schemas/common.js';
import { type NetworkState, type NetworkView, firstSessionFrom } from './network-view.js';
import type { UsedToday } from './used-today.js';

type ApplicationAnswer = z.infer<typeof applicationSchema>;

/** Joins an application's row with its limits, today's use and the network's sessions. */
export class ApplicationPresenter {
  constructor(
    private readonly network: NetworkView,
    private readonly usedToday: UsedToday,
    private readonly database: ScopedDatabase,
    private readonly relaysPerPoktPerDay: number,
  ) {}

  /** The answer for an application. */
  async present(application: ApplicationView): Promise<ApplicationAnswer> {
    const isInForce = application.stakeStatus === 'staked';
    const limits = await dailyLimitsOf(this.database, [application.tenantId], this.relaysPerPoktPerDay);
    const limit = limits.find((one) => one.applicationId === application.applicationId)?.relaysMax ?? 0;
    const [network, usedToday] = await Promise.all([
      this.network.nowOrNull(),
      this.usedToday.of(application.applicationId, limit),
    ]);
    return {
      applicationId: application.applicationId,
      tenantId: application.tenantId,
      name: application.name,
      source: application.source,
      state: stateOf(application),
      isSettled: isSettled(application),
      failure: application.failure,
      pendingTransactionHash: application.pendingTransaction?.hash ?? null,
      publicKey: application.publicKeyHex,
      address: application.addressHex,
      chains: application.chains,
      aat: application.aat,
      stakedUpokt: application.stakedUpokt,
      stakedPokt: poktOf(BigInt(application.stakedUpokt)),
      requestedUpokt: application.requestedUpokt,
      dailyRelaysMax: limit,
      sessionRelaysMax: application.maxRelays,
      sessionRelaysPerNodeMax: network && perNode(application, network),
      usedToday,
      usableFromHeight:
        network && isInForce
          ? firstSessionFrom(Number(application.ledgerHeight), network.parameters.blocksPerSession)
          : null,
      version: application.version,
      createdAt: isoOf(application.createdAt),
      updatedAt: isoOf(application.updatedAt),
    };
  }
}

function perNode(application: ApplicationView, network: NetworkState): string {
  return String(
    maxPossibleRelays({
      maxRelays: BigInt(application.maxRelays),
      chains: Math.max(1, application.chains.length),
      sessionNodeCount: network.parameters.sessionNodeCount,
    }),
  );
}

function stateOf(application: ApplicationView): ApplicationAnswer['state'] {
  if (application.stakeStatus !== 'unstaked') return application.stakeStatus;
  const isGivenUp = application.provisioning === 'staked' || application.requestedUpokt === '0';
  return isGivenUp ? 'unstaked' : application.provisioning === 'funded' ? 'funded' : 'pending';
}

function isSettled(application: ApplicationView): boolean {
  if (application.source === 'ready-made') return true;
  if (application.pendingTransaction || application.nextAddressHex !== null) return false;
  const requestedUpokt = BigInt(application.requestedUpokt);
  if (requestedUpokt === 0n) return application.stakeStatus !== 'staked';
  return application.stakeStatus === 'staked' && BigInt(application.stakedUpokt) >= requestedUpokt;
}
