import type { DispatchNode, ProtocolParameters, SessionHeader } from '#libs/protocol';

/** Stake status as pocket-core numbers it: 0 unstaked, 1 unstaking, 2 staked. */
export type StakeStatus = 0 | 1 | 2;

/** Go's zero time: what a record carries while it is not unstaking. */
export const NO_UNSTAKING_TIME = '0001-01-01T00:00:00Z';

/** An application's record (facts section 3). Amounts are uPOKT, addresses and keys lower-case hex. */
export interface LedgerApplication {
  readonly addressHex: string;
  readonly publicKeyHex: string;
  /** Relay chain ids, 4 hex digits as a rule, compared as exact strings. */
  readonly chains: readonly string[];
  readonly jailed: boolean;
  /** Relays a session over all its chains and nodes (section 3.1). */
  readonly maxRelays: bigint;
  /** Everything staked, what others added on its behalf included. */
  readonly stakedUpokt: bigint;
  readonly status: StakeStatus;
  /** RFC 3339; `NO_UNSTAKING_TIME` while not unstaking. */
  readonly unstakingTime: string;
}

/** A service node's record. */
export interface LedgerNode {
  readonly addressHex: string;
  readonly publicKeyHex: string;
  readonly chains: readonly string[];
  readonly serviceUrl: string;
  readonly jailed: boolean;
  readonly status: StakeStatus;
  readonly stakedUpokt: bigint;
  /** Where rewards and the returned stake go; empty string: the node's own account. */
  readonly outputAddressHex: string;
  /** Address → whole per cent of the reward beyond the claim and proof fees; null when there are none. */
  readonly rewardDelegators: Readonly<Record<string, number>> | null;
  /** RFC 3339; `NO_UNSTAKING_TIME` while not unstaking. */
  readonly unstakingTime: string;
  /** Extension: the key that may sign this node's claims and proofs; null on stock networks and by default. */
  readonly settlerPublicKeyHex: string | null;
}

/** A claim that waits for its proof (section 6.3). */
export interface LedgerClaim {
  readonly header: SessionHeader;
  /** `upper` is null where a stock node's JSON had already lost digits of it (facts 5.8). */
  readonly merkleRoot: { readonly hash: Buffer; readonly lower: bigint; readonly upper: bigint | null };
  readonly totalProofs: bigint;
  readonly fromAddressHex: string;
  /** 1 relays, 2 challenges. */
  readonly evidenceType: 1 | 2;
  /** First height at which an unproven claim is gone. */
  readonly expirationHeight: number;
}

/** What identifies a claim. */
export interface ClaimRef {
  /** The node's operator address. */
  readonly addressHex: string;
  readonly appPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  /** 1 relays (default), 2 challenges. */
  readonly evidenceType?: 1 | 2;
}

/** A transaction in a block, with its result. `code` 0 is success. */
export interface LedgerTransaction {
  /** SHA-256 of the bytes, upper-case hex as pocket-core shows it. */
  readonly hash: string;
  readonly height: number;
  readonly index: number;
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
  /** The transaction as it was submitted. */
  readonly bytes: Buffer;
}

/** What the network answered to a submitted transaction: `code` 0 means it waits in the mempool, nothing more. */
export interface SubmittedTransaction {
  readonly txHash: string;
  readonly code: number;
  readonly codespace: string;
  readonly log: string;
}

/** Supply by place, in uPOKT (`/v1/query/supply`). */
export interface LedgerSupply {
  readonly nodeStakedUpokt: bigint;
  readonly appStakedUpokt: bigint;
  readonly daoUpokt: bigint;
  /** Node stake + application stake + DAO. */
  readonly totalStakedUpokt: bigint;
  readonly totalUnstakedUpokt: bigint;
  readonly totalUpokt: bigint;
}

/** Restricts a list of applications. `height` 0 or absent is the latest. */
export interface ApplicationFilter {
  readonly height?: number;
  readonly chain?: string;
  readonly status?: StakeStatus;
}

/** Restricts a list of nodes. `height` 0 or absent is the latest. */
export interface NodeFilter {
  readonly height?: number;
  readonly chain?: string;
  readonly status?: StakeStatus;
  readonly jailed?: boolean;
}

/** Rules this ledger adds to pocket-core's; all neutral by default. Governance changes them under the keys given. */
export interface ExtensionParameters {
  /** `application/BackingTier2Blocks`: stake added on behalf weighs twice once it has stayed this many blocks; 96 by default (a day of 15-minute blocks). */
  readonly backingTier2Blocks: number;
  /** `application/BackingTier3Blocks`: it weighs three times from this many blocks on; 672 by default (a week of 15-minute blocks). */
  readonly backingTier3Blocks: number;
}

/** Every parameter that applies at a height. */
export interface LedgerParameters extends ProtocolParameters {
  readonly extensions: ExtensionParameters;
}

/** Stake that somebody added to an application or a basket: who, what, when and for how long. */
export interface Backing {
  readonly id: number;
  readonly backerAddressHex: string;
  readonly target: BackingTarget;
  readonly amountUpokt: bigint;
  readonly sinceHeight: number;
  /** Block time, ms since the epoch. */
  readonly sinceMs: number;
  /** Height at which it was taken back, burned or returned; null while it stands. */
  readonly untilHeight: number | null;
  /** 1, 2 or 3: the time multiplier at the height asked for. */
  readonly multiplier: 1 | 2 | 3;
}

/** An application by address, or a named basket of applications. */
export type BackingTarget =
  { readonly kind: 'application'; readonly addressHex: string } | { readonly kind: 'basket'; readonly name: string };

/** A named set of applications that share the stake added to it in equal parts. */
export interface Basket {
  readonly name: string;
  readonly ownerAddressHex: string;
  /** Application addresses in ascending order. */
  readonly members: readonly string[];
}

/** The session of a header: its key and its nodes in the order of the draw. */
export interface LedgerSession {
  readonly header: SessionHeader;
  readonly keyHex: string;
  readonly nodes: readonly DispatchNode[];
}

/** What a produced block did. */
export interface BlockSummary {
  readonly height: number;
  /** Upper-case hex. */
  readonly hash: string;
  readonly timeMs: number;
  readonly proposerAddressHex: string;
  readonly transactions: readonly LedgerTransaction[];
  /** uPOKT created and destroyed by this block. */
  readonly mintedUpokt: bigint;
  readonly burnedUpokt: bigint;
  readonly supplyUpokt: bigint;
  /** Claims paid in this block. */
  readonly settlements: readonly Settlement[];
}

/** A paid (or punished) claim. At most one exists per node, session header and evidence type. */
export interface Settlement {
  readonly height: number;
  readonly txHash: string;
  readonly nodeAddressHex: string;
  readonly header: SessionHeader;
  readonly evidenceType: 1 | 2;
  readonly outcome: 'paid' | 'replay';
  readonly relays: bigint;
  readonly coinsUpokt: bigint;
  readonly nodeUpokt: bigint;
  readonly feesUpokt: bigint;
  /** Application Burn Rate, replay and challenge burns together. */
  readonly burnedUpokt: bigint;
}

/** The state a chain starts from. `EmbeddedLedger.initialize` refuses another one for the same database. */
export interface LedgerGenesis {
  readonly chainId: string;
  /** Time of the state before block 1, ms since the epoch. */
  readonly timeMs: number;
  /** Over `LOCALNET_PARAMETERS`. */
  readonly parameters?: Partial<ProtocolParameters>;
  readonly extensions?: Partial<ExtensionParameters>;
  readonly accounts: ReadonlyArray<{ readonly addressHex: string; readonly balanceUpokt: bigint }>;
  readonly nodes: ReadonlyArray<{
    readonly publicKeyHex: string;
    readonly stakeUpokt: bigint;
    readonly chains: readonly string[];
    readonly serviceUrl: string;
    readonly outputAddressHex?: string;
    readonly settlerPublicKeyHex?: string;
    readonly rewardDelegators?: Readonly<Record<string, number>>;
  }>;
  readonly applications?: ReadonlyArray<{
    readonly publicKeyHex: string;
    readonly stakeUpokt: bigint;
    readonly chains: readonly string[];
  }>;
  /** What the DAO holds at the start; 0 by default. */
  readonly daoUpokt?: bigint;
}
