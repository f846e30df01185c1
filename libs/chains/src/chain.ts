/** How a chain is spoken to; it decides framing (JSON-RPC or paths) and which methods the gateway may answer itself. */
export type ChainKind =
  | 'evm'
  | 'solana'
  | 'bitcoin'
  | 'near'
  | 'starknet'
  | 'sui'
  | 'tron'
  | 'cosmos'
  | 'pocket'
  | 'algorand'
  | 'arweave'
  | 'radix';

/** What wallets show for amounts; the shape of EIP-3085 `nativeCurrency`. */
export interface NativeCurrency {
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** One relay chain of Pocket Network. */
export interface Chain {
  /** Relay chain id exactly as staked and signed: four hex digits, compared as text (`000A` is not `000a`). */
  readonly id: string;
  /** The name in URLs: lower case, digits and hyphens; unique. */
  readonly slug: string;
  /** Other accepted names, same alphabet; unique over the whole catalogue. */
  readonly aliases: readonly string[];
  readonly name: string;
  readonly kind: ChainKind;
  /** `eth_chainId` as a number, null for chains that are not EVM. */
  readonly evmChainId: number | null;
  /** Typical time between blocks, in milliseconds. */
  readonly blockTimeMs: number;
  /** A node that lags further behind the others than so many blocks is out of date: a minute's worth, 3 at least. */
  readonly syncAllowanceBlocks: number;
  readonly nativeCurrency: NativeCurrency;
  /** A block explorer without a trailing slash, null where none is well known. */
  readonly explorer: string | null;
  /** Another flavour (archival, trace) of a network listed before: a decimal EVM id leads to the plain flavour. */
  readonly flavour: 'plain' | 'archival' | 'archival-trace' | 'high-gas';
}

/** True for chains whose requests are paths and verbs instead of JSON-RPC bodies. */
export function isRestKind(kind: ChainKind): boolean {
  return kind === 'cosmos' || kind === 'algorand' || kind === 'arweave' || kind === 'pocket' || kind === 'radix';
}

/** The allowance that follows from a chain's block time; see `Chain.syncAllowanceBlocks`. */
export function syncAllowanceOf(blockTimeMs: number): number {
  return Math.max(3, Math.ceil(60_000 / blockTimeMs));
}
