import type {
  Backing,
  BackingTarget,
  Basket,
  ExtensionParameters,
  LedgerApplication,
  LedgerClaim,
  LedgerNode,
} from '../types.js';
import type { ApplicationRecord, BackingRecord, BasketRecord, ClaimRecord, NodeRecord } from './records.js';
import { rfc3339 } from './time.js';

/** Records as the port shows them. */
export function showApplication(addressHex: string, record: ApplicationRecord): LedgerApplication {
  return {
    addressHex,
    publicKeyHex: record.publicKeyHex,
    chains: record.chains,
    jailed: record.jailed,
    maxRelays: record.maxRelays,
    stakedUpokt: record.stakedUpokt,
    status: record.status,
    unstakingTime: rfc3339(record.unstakingAtMs),
  };
}

export function showNode(addressHex: string, record: NodeRecord): LedgerNode {
  return {
    addressHex,
    publicKeyHex: record.publicKeyHex,
    chains: record.chains,
    serviceUrl: record.serviceUrl,
    jailed: record.jailed,
    status: record.status,
    stakedUpokt: record.stakedUpokt,
    outputAddressHex: record.outputAddressHex,
    rewardDelegators: record.rewardDelegators,
    unstakingTime: rfc3339(record.unstakingAtMs),
    settlerPublicKeyHex: record.settlerPublicKeyHex,
  };
}

export function showClaim(record: ClaimRecord): LedgerClaim {
  return {
    header: { app_public_key: record.appPublicKeyHex, chain: record.chain, session_height: record.sessionHeight },
    merkleRoot: { hash: Buffer.from(record.rootHashHex, 'hex'), lower: 0n, upper: record.rootUpper },
    totalProofs: record.totalProofs,
    fromAddressHex: record.node,
    evidenceType: record.evidenceType,
    expirationHeight: record.expirationHeight,
  };
}

export function showBasket(name: string, record: BasketRecord): Basket {
  return { name, ownerAddressHex: record.owner, members: record.members };
}

/** `height` is the height at which the multiplier is read; an ended addition keeps the one it had when it ended. */
export function showBacking(
  id: number,
  record: BackingRecord,
  height: number,
  { backingTier2Blocks, backingTier3Blocks }: ExtensionParameters,
): Backing {
  const blocks = (record.untilHeight ?? height) - record.sinceHeight;
  const [kind, name = ''] = record.target.split('/');
  return {
    id,
    backerAddressHex: record.backer,
    target: kind === 'basket' ? { kind, name } : { kind: 'application', addressHex: name },
    amountUpokt: record.amountUpokt,
    sinceHeight: record.sinceHeight,
    sinceMs: record.sinceMs,
    untilHeight: record.untilHeight,
    multiplier: blocks >= backingTier3Blocks ? 3 : blocks >= backingTier2Blocks ? 2 : 1,
  };
}

/** A target as records name it. */
export function targetName(target: BackingTarget): string {
  return target.kind === 'basket' ? `basket/${target.name}` : `application/${target.addressHex}`;
}
